package io.hubwire.signalr.connection;

/**
 * The clients and groups of one type of {@link PersistentConnection} from outside of it: from a service, a timer, a JAX-RS resource. Safe for any thread; may
 * be kept for as long as the deployment runs.
 */
public interface ConnectionContext {

    Connection connection();

    ConnectionGroupManager groups();
}
