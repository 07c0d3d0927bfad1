package io.hubwire.operations;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Answers, fails, or takes until it is told to go on. */
@HubName("operated")
public class OperatedHub extends Hub {
    private static final Set<String> DISCONNECTED = ConcurrentHashMap.newKeySet();
    private static volatile CompletableFuture<String> held = new CompletableFuture<>();

    /** From here on calls of {@link #hold} wait for another {@link #release}. */
    static void reset() {
        held = new CompletableFuture<>();
    }

    /** Whether the connection's end was told. */
    static boolean wasDisconnected(String connectionId) {
        return DISCONNECTED.contains(connectionId);
    }

    static void release(String answer) {
        held.complete(answer);
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        DISCONNECTED.add(context().connectionId());
        return CompletableFuture.completedFuture(null);
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
