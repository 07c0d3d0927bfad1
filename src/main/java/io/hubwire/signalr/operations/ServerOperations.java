package io.hubwire.signalr.operations;

import io.hubwire.signalr.metrics.Metrics;
import java.util.concurrent.CompletionStage;

/**
 * A running server as its operator sees it. Safe for any thread; never blocks. Whoever shows any of it to people sees to it that they are operators: it names
 * users, groups and connections.
 */
public interface ServerOperations {

    /**
     * What is going on at this moment. The work is done between deliveries, a little at a time; those who ask while it goes on share the result.
     *
     * @return completes within moments, on a thread that may not be blocked; with what could be had, when the server ends meanwhile
     */
    CompletionStage<ServerSnapshot> snapshot();

    /** What the server has counted. */
    Metrics metrics();
}
