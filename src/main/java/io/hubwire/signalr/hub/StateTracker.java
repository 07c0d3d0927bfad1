package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.RawJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The state that came with one call, and the changes to it (protocol §6.6). */
final class StateTracker implements CallerState {
    private final JsonBinding binding;
    private final Map<String, RawJson> sent;
    // guarded by this: by name in lower case, in the order in which they were first set; most calls set nothing
    private Map<String, Change> changes = Map.of();

    private record Change(String name, RawJson value) {}

    /** @param sent an object, or null when the client sent none */
    StateTracker(JsonBinding binding, RawJson sent) {
        this.binding = binding;
        this.sent = sent == null ? Map.of() : sent.members();
    }

    @Override
    public Object get(String name) {
        return get(name, Object.class);
    }

    @Override
    @SuppressWarnings("unchecked") // of a primitive type the binding gives what boxes it, which is its T
    public <T> T get(String name, Class<T> type) {
        return (T) binding.read(value(name), type);
    }

    @Override
    public void set(String name, Object value) {
        Objects.requireNonNull(name, "name");
        RawJson written = binding.write(value);
        synchronized (this) {
            if (changes.isEmpty()) {
                changes = new LinkedHashMap<>();
            }
            changes.merge(key(name), new Change(name, written), (first, later) -> new Change(first.name(), written));
        }
    }

    private synchronized RawJson value(String name) {
        Change change = changes.get(key(name));
        return change != null ? change.value() : before(name);
    }

    private RawJson before(String name) {
        return sent.getOrDefault(name, RawJson.NULL);
    }

    /** What differs by now from what the client sent; empty when nothing does. */
    Optional<RawJson> changes() {
        Map<String, RawJson> differing;
        synchronized (this) {
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            differing = new LinkedHashMap<>();
            for (Change change : changes.values()) {
                if (!change.value().equals(before(change.name()))) {
                    differing.put(change.name(), change.value());
                }
            }
        }
        return differing.isEmpty() ? Optional.empty() : Optional.of(binding.write(differing));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
