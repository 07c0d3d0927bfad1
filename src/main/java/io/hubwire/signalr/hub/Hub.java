package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionGap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an application extends to be called by clients and to call them: every public method of the subclass is callable by name and argument
 * count (protocol §6.3). A new instance serves each call and each event; it is made by the pipeline, never by hand: a hub that the
 * application made itself fails with a message that says so when {@link #clients}, {@link #groups} or {@link #context} is used.
 *
 * <p>Methods may block. They run on the deployment's worker threads, never on a container's I/O thread or a delivery loop.
 */
public abstract class Hub {
    private HubScope scope;

    /** Who is calling, and how. */
    protected final HubCallerContext context() {
        return scope().context();
    }

    /** The clients of this hub. */
    protected final HubCallerClients clients() {
        return scope().clients();
    }

    /** The groups of this hub. */
    protected final GroupManager groups() {
        return scope().groups();
    }

    /** A client has started a connection that takes part in this hub (protocol §6.9). A failed stage or an exception refuses the start. */
    public CompletionStage<?> onConnected() {
        return CompletableFuture.completedFuture(null);
    }

    /** A client has reopened its connection (protocol §5.7). {@link HubCallerContext#gap} tells what it missed, if anything. */
    public CompletionStage<?> onReconnected() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A connection has ended.
     *
     * @param stopCalled true when the client asked for the end, false when it vanished (protocol §5.5)
     */
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        return CompletableFuture.completedFuture(null);
    }

    /** Messages for this connection were lost: it was too slow, or away for too long. */
    public CompletionStage<?> onGap(ConnectionGap gap) {
        return CompletableFuture.completedFuture(null);
    }

    final void enter(HubScope entered) {
        this.scope = entered;
    }

    private HubScope scope() {
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
