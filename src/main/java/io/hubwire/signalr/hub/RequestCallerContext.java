package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.connection.ConnectionRequest;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.transport.TransportKind;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** The caller as its request shows it. */
record RequestCallerContext(ConnectionRequest connection, Optional<ConnectionGap> gap) implements HubCallerContext {

    static HubCallerContext of(ConnectionRequest connection) {
        return new RequestCallerContext(connection, connection.gap());
    }

    @Override
    public String connectionId() {
        return connection.connectionId();
    }

    @Override
    public HostRequest request() {
        return connection.host();
    }

    @Override
    public Optional<Principal> user() {
        return request().user();
    }

    @Override
    public TransportKind transport() {
        return connection.transport();
    }

    @Override
    public Map<Object, Object> items() {
        return connection.items();
    }
}
