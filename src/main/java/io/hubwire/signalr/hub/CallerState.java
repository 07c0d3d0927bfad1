package io.hubwire.signalr.hub;

/**
 * What the calling client keeps on its proxy and sends along with every call, and what the hub changes of it (protocol §6.6). What the call came with is read
 * by its exact name; what the hub has set, by its name in any case. Changes reach the client with the answer, with progress reports, and with calls of the caller
 * that follow: all that differs from what the client sent, each time. In life-cycle events the state begins empty. Safe for any thread; never blocks.
 */
public interface CallerState {

    /**
     * A value as a string, long, double, boolean, list or map; null when it is null or absent. A copy: changing it changes nothing unless it is set.
     */
    Object get(String name);

    /**
     * A value as {@code type}.
     *
     * @return null when it is null or absent and {@code type} is not primitive
     * @throws RuntimeException when the value does not fit
     */
    <T> T get(String name, Class<T> type);

    /**
     * Sets a value for the client; null takes it away from hubs, but stays there as null.
     *
     * @param value serialized before this returns, so later changes to it are not seen
     * @throws RuntimeException when it cannot be serialized
     */
    void set(String name, Object value);
}
