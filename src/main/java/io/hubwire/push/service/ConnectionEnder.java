package io.hubwire.push.service;

import java.util.concurrent.CompletionStage;

/** Ends live SignalR connections from the server's side, on whatever node. A port. */
@FunctionalInterface
public interface ConnectionEnder {

    /**
     * Never blocks. Nothing happens when there is no such connection.
     *
     * @return completes when the order is on its way, fails when it could not be given
     */
    CompletionStage<?> end(String connectionId);
}
