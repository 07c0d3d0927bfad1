package io.hubwire.signalr.hub;

import java.util.concurrent.CompletionStage;

/**
 * Tells the caller how far its call has come (protocol §6.7). A hub method that takes one as its last parameter gets it from the pipeline; for clients
 * the parameter does not exist. Safe for any thread; never blocks.
 *
 * <pre>
 * public CompletionStage&lt;String&gt; convert(String file, Progress&lt;Integer&gt; progress)
 * </pre>
 *
 * @param <T> what is reported
 */
public interface Progress<T> {

    /**
     * Sends a report to the caller's receive channel. Reports arrive in the order in which they were made, but over HTTP not in order with the call's
     * answer, which takes another way.
     *
     * @param value serialized before this returns
     * @return completes when the bus has the report, not on delivery
     * @throws IllegalStateException when the call has completed
     */
    CompletionStage<Void> report(T value);
}
