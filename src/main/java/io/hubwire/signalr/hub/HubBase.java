package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionGap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What every hub has, however it calls its clients. Applications extend {@link Hub} or {@link TypedHub}.
 *
 * <p>An instance serves one call or one event and is made by the pipeline, never by hand: a hub that the application made itself fails with a
 * message that says so when {@link #clients}, {@link #groups} or {@link #context} is used (protocol §6.2). Methods may block; they run on the
 * deployment's worker threads, never on a container's I/O thread or a delivery loop.
 *
 * @param <C> how clients are called: by name, or through an interface of theirs
 */
public abstract class HubBase<C> {
    private HubScope<C> scope;

    HubBase() {}

    /** Who is calling, and how. */
    protected final HubCallerContext context() {
        return scope().context();
    }

    /** The clients of this hub. */
    protected HubCallerClients<C> clients() {
        return scope().clients();
    }

    /** The groups of this hub. */
    protected final GroupManager groups() {
        return scope().groups();
    }

    /**
     * A client has started a connection that takes part in this hub (protocol §6.9). A failed stage or an exception refuses the start; null
     * means done.
     */
    public CompletionStage<?> onConnected() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A client has reopened its connection (protocol §5.7). {@link HubCallerContext#gap} tells what it missed, if anything. A failed stage
     * or an exception ends the receive request; null means done.
     */
    public CompletionStage<?> onReconnected() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A connection has ended. A failure is traced and changes nothing; null means done.
     *
     * @param stopCalled true when the client asked for the end, false when it vanished (protocol §5.5)
     */
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        return CompletableFuture.completedFuture(null);
    }

    /** Messages for this connection were lost: it was too slow, or away for too long. A failure is traced; null means done. */
    public CompletionStage<?> onGap(ConnectionGap gap) {
        return CompletableFuture.completedFuture(null);
    }

    final void enter(HubScope<C> entered) {
        this.scope = entered;
    }

    private HubScope<C> scope() {
        if (scope == null) {
            throw new IllegalStateException(getClass().getName()
                    + " was not made by the hub pipeline. Hubs are not created by hand: to call clients from outside a hub use"
                    + " GlobalHost.connectionManager().hubContext("
                    + getClass().getSimpleName()
                    + ".class).");
        }
        return scope;
    }
}
