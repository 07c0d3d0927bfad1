package io.hubwire.signalr.connection;

import java.util.Objects;
import java.util.Set;

/**
 * A value for a topic.
 *
 * @param signal the topic, case-sensitive; not empty
 * @param value see {@link Connection}; may be null
 * @param excludedSignals connection ids or topics whose owners do not get it (protocol §7.4)
 */
public record ConnectionMessage(String signal, Object value, Set<String> excludedSignals) {

    public ConnectionMessage {
        Objects.requireNonNull(signal, "signal");
        if (signal.isEmpty()) {
            throw new IllegalArgumentException("Argument cannot be null or empty: signal");
        }
        excludedSignals = Set.copyOf(excludedSignals);
    }

    /** For everyone who listens. */
    public ConnectionMessage(String signal, Object value) {
        this(signal, value, Set.of());
    }
}
