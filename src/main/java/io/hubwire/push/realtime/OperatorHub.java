package io.hubwire.push.realtime;

import io.hubwire.push.domain.Role;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.TypedHub;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a node is doing, for operators alone: what it tells names users, groups and connections. */
@Authorize(roles = Role.OPERATOR_NAME)
public class OperatorHub extends TypedHub<OperatorClient> {
    private final OperatorMonitor monitor;

    /** The pipeline makes a hub for each call. */
    @Inject
    public OperatorHub(OperatorMonitor monitor) {
        this.monitor = monitor;
    }

    /**
     * Tells the caller how this node is doing from now on, until its connection ends. Whoever watches has to ask again each minute, and after a reconnect, since
     * that may have been to another node.
     *
     * @return the last minutes, and the present moment as soon as it is known
     */
    public CompletionStage<NodeHistory> watch() {
        if (!monitor.watch(context().connectionId())) {
            throw new HubException("This node tells at most " + OperatorMonitor.MAX_WATCHERS + " pages at once.");
        }
        return monitor.history();
    }

    /** Sends the clients of this node elsewhere and takes no new ones, for good; the caller is sent elsewhere as well. Completes when that has begun. */
    public void drain() {
        monitor.drain();
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        monitor.leave(context().connectionId());
        return CompletableFuture.completedFuture(null);
    }
}
