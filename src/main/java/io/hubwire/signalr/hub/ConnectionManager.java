package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.PersistentConnection;

/** Contexts of a deployment's hubs and persistent connections, for code outside of them (protocol §12). Safe for any thread; never blocks. */
public interface ConnectionManager {

    /**
     * The clients and groups of a hub.
     *
     * @throws IllegalArgumentException when the class is no hub of this deployment
     */
    <C> HubContext<C> hubContext(Class<? extends HubBase<C>> hub);

    /**
     * The clients and groups of a hub by its name on the wire, in any case. Clients are called by name, whatever the hub's own way.
     *
     * @throws IllegalArgumentException {@code 'x' Hub could not be resolved.}
     */
    HubContext<ClientProxy> hubContext(String hubName);

    /** The clients and groups of a type of persistent connection; it need not be mapped on this node. */
    ConnectionContext connectionContext(Class<? extends PersistentConnection> type);
}
