package io.hubwire.signalr.hosting.cdi;

import io.hubwire.signalr.connection.Connection;
import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.ConnectionGroupManager;
import io.hubwire.signalr.connection.PersistentConnection;

/**
 * The context of a persistent connection as a bean: it looks for the server when it is used, since it may be injected before the server has started.
 *
 * @param deployment the class loader that the deployment is running with, or will be
 */
record DeferredConnectionContext(ClassLoader deployment, Class<? extends PersistentConnection> type)
        implements ConnectionContext {

    @Override
    public Connection connection() {
        return running().connection();
    }

    @Override
    public ConnectionGroupManager groups() {
        return running().groups();
    }

    private ConnectionContext running() {
        return DeferredHubContext.running(deployment).connectionManager().connectionContext(type);
    }
}
