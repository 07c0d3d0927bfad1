package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.PersistentConnection;
import java.util.concurrent.CompletionStage;

/** Contexts of a deployment's hubs and persistent connections, for code outside of them (protocol §12). Safe for any thread; never blocks. */
public interface ConnectionManager {

    /**
     * The clients and groups of a hub.
     *
     * @throws IllegalArgumentException when the class is no hub of this deployment
     */
    <C> HubContext<C> hubContext(Class<? extends HubBase<C>> hub);

    /**
     * The clients and groups of a hub, its clients called through an interface, whatever the hub's own way.
     *
     * @param clientType a public interface; its rules are those of {@link TypedHub}
     * @throws IllegalArgumentException when the class is no hub of this deployment, or the interface breaks the rules
     */
    <C> HubContext<C> hubContext(Class<? extends HubBase<?>> hub, Class<C> clientType);

    /**
     * The clients and groups of a hub by its name on the wire, in any case. Clients are called by name, whatever the hub's own way.
     *
     * @throws IllegalArgumentException {@code 'x' Hub could not be resolved.}
     */
    HubContext<ClientProxy> hubContext(String hubName);

    /** The clients and groups of a type of persistent connection; it need not be mapped on this node. */
    ConnectionContext connectionContext(Class<? extends PersistentConnection> type);

    /**
     * Ends a connection from the server's side, on whatever node of the farm it is, also between two polls: its WebSocket or stream is closed, or its poll
     * tells it to reconnect, and {@link HubBase#onDisconnected} is raised with {@code true}. Nothing happens when there is no such connection.
     *
     * <p>Classic clients take the end of a stream for a fault and reconnect within seconds. So this is for those whose requests are no longer let in:
     * take away what lets the user in first, then disconnect. A client that still is let in comes back with {@link HubBase#onReconnected} and misses
     * nothing.
     *
     * @return completes when the bus has the command, fails when the bus has refused it
     */
    CompletionStage<Void> disconnect(String connectionId);
}
