package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.transport.TransportKind;
import java.util.Map;
import java.util.Optional;

/**
 * A request of a known connection, as endpoints see it.
 *
 * @param host the HTTP request: of the call itself over HTTP, of the upgrade over WebSockets, of the receive request in disconnect events
 * @param connectionId the id that the connection token proved
 * @param transport named by the request
 * @param scope what {@link ConnectionEndpoint#admit} returned for this request
 * @param items lives with the connection on its node; a concurrent map
 * @param gap what the connection has missed, when this request is a reconnect that reported it
 */
public record ConnectionRequest(
        HostRequest host,
        String connectionId,
        TransportKind transport,
        Object scope,
        Map<Object, Object> items,
        Optional<ConnectionGap> gap) {

    /** The same with what the connection keeps on its node. */
    ConnectionRequest withItems(Map<Object, Object> kept) {
        return new ConnectionRequest(host, connectionId, transport, scope, kept, gap);
    }

    /** The same with what a reconnect has missed. */
    ConnectionRequest withGap(Optional<ConnectionGap> missed) {
        return new ConnectionRequest(host, connectionId, transport, scope, items, missed);
    }
}
