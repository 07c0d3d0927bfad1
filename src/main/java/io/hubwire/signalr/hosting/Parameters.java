package io.hubwire.signalr.hosting;

import java.util.List;
import java.util.Optional;

/**
 * Query or form parameters: names in any case, values of namesakes joined with {@code ,} (protocol §1.5). Immutable.
 */
public interface Parameters {

    /** The joined value; empty when the name is absent. A present name without characters gives the empty string. */
    Optional<String> get(String name);

    /** The joined value, or the empty string when absent. */
    default String text(String name) {
        return get(name).orElse("");
    }

    /** The values of all namesakes, in order and not joined; empty when the name is absent. */
    List<String> values(String name);

    /** The names, each once, spelt as they first came. */
    List<String> names();
}
