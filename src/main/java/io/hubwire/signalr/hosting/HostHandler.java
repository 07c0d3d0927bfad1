package io.hubwire.signalr.hosting;

import io.hubwire.signalr.metrics.Limit;

/** Answers the requests of one mapping. */
@FunctionalInterface
public interface HostHandler {

    /**
     * Called on a container's request thread. May return before the exchange is answered. An exception answers with 500 and an
     * empty body, and is the handler's bug: a peer's mistake is answered, not thrown.
     */
    void handle(HostExchange exchange);

    /** The host has refused a request of the mapping, before it was handed over, because of a limit of the host's. Never blocks. */
    default void refused(Limit limit) {}
}
