package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.transport.TransportKind;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls a hub (protocol §6.8). Over WebSockets the request is that of the upgrade, for as long as the socket lives; over HTTP that of the call, and in
 * {@link HubBase#onDisconnected} and {@link HubBase#onGap} that of the receive request. Usable from any thread, also after the call; never blocks.
 */
public interface HubCallerContext {

    /** Proved by the connection token. Not secret. */
    String connectionId();

    /** The request itself, for what has no shorter way here. */
    HostRequest request();

    /** Who made the request, if authenticated. */
    Optional<Principal> user();

    /**
     * The values of one of the user's claims, in order; the name as it is spelt. Empty when the user has no such claim, is anonymous, or is no
     * {@link ClaimsPrincipal}.
     */
    default List<String> claims(String name) {
        return user().map(user -> user instanceof ClaimsPrincipal known ? known.claims(name) : null)
                .orElse(List.of());
    }

    /** The query, with what the client put into {@code qs}; names in any case. */
    default Parameters queryString() {
        return request().query();
    }

    /** All values of a request header, in order; the name in any case. Empty when absent. */
    default List<String> headers(String name) {
        return request().headers(name);
    }

    /** The first value of a request header; the name in any case. */
    default Optional<String> header(String name) {
        return request().header(name);
    }

    /** The request's cookies by name. */
    default Map<String, String> cookies() {
        return request().cookies();
    }

    /** The peer's address as text, without a port; behind a proxy whatever the container makes of it. */
    default String remoteAddress() {
        return request().remoteAddress();
    }

    /** What a filter in front has left with the request, the upgrade request's over WebSockets. */
    default Optional<Object> attribute(String name) {
        return request().attribute(name);
    }

    /** How the client receives. */
    TransportKind transport();

    /**
     * What the application keeps with the connection: lives on its node from the first receive request to the end of the connection, over reconnects and
     * changes of transport. Concurrent, takes no nulls. A call that reaches another node than the connection sees a map of its own, which nobody keeps.
     */
    Map<Object, Object> items();

    /** In {@link HubBase#onReconnected} and {@link HubBase#onGap}: what was missed. */
    Optional<ConnectionGap> gap();
}
