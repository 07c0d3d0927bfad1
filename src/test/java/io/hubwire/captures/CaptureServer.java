package io.hubwire.captures;

import java.util.List;

/** A running server to replay against. */
public interface CaptureServer extends AutoCloseable {
    String host();

    int port();

    /**
     * The lines that hubs, pipeline and connections have logged since the server started, in their order, e.g. {@code HUB
     * EchoHub.OnConnected <id> transport=longPolling}. A snapshot, from any thread.
     */
    List<String> log();

    /** Stops serving in the orderly way, as an operator would. Returns when the server has stopped. */
    @Override
    void close();
}
