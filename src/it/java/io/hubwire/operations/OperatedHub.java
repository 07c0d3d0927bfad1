package io.hubwire.operations;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers, fails, or takes until it is told to go on. */
@HubName("operated")
public class OperatedHub extends Hub {
    private static volatile CompletableFuture<String> held = new CompletableFuture<>();

    /** From here on calls of {@link #hold} wait for another {@link #release}. */
    static void reset() {
        held = new CompletableFuture<>();
    }

    static void release(String answer) {
        held.complete(answer);
    }

    public String echo(String text) {
        return text;
    }

    public CompletionStage<String> hold() {
        return held;
    }

    public void fail() {
        throw new IllegalStateException("the secret of a user");
    }
}
