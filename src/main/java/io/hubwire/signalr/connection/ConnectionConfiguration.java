package io.hubwire.signalr.connection;

/**
 * What one mapping of a {@link PersistentConnection} decides for itself (protocol §5.9).
 *
 * @param jsonp whether {@code callback} is honoured; default false: it goes around the same-origin policy
 */
public record ConnectionConfiguration(boolean jsonp) {

    /** The default named above. */
    public static ConnectionConfiguration defaults() {
        return new ConnectionConfiguration(false);
    }
}
