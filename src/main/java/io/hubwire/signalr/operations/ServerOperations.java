package io.hubwire.signalr.operations;

import io.hubwire.signalr.metrics.Metrics;
import java.util.Map;
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

    /**
     * Sends all clients elsewhere and takes no new ones from now on, for good: negotiating, connecting and reconnecting are refused with 503, so that a load
     * balancer tries another node. Who is here is told to reconnect (protocol §5.8), spread over the window and after its calls are answered; until then all
     * of its requests are served. No disconnect events are raised. The server goes on running, empty, until it is closed.
     *
     * @return completes when nobody is left, or at the bound; earlier when the server is closed. A second call joins the first, whatever its options
     */
    CompletionStage<DrainReport> drain(DrainOptions options);

    /** As set up; see {@link #drain(DrainOptions)}. */
    CompletionStage<DrainReport> drain();

    /** Whether {@link #drain} was called. */
    boolean isDraining();

    /** What the server has counted. */
    Metrics metrics();

    /** What it counts per second, over the last seconds, by the original's names (protocol §15.1). */
    Map<String, Double> rates();
}
