package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.Parameters;
import io.hubwire.signalr.transport.TransportKind;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** Who calls a hub (protocol §6.8). Over WebSockets the request is that of the upgrade, over HTTP that of the call. */
public interface HubCallerContext {

    String connectionId();

    HostRequest request();

    Optional<Principal> user();

    Parameters queryString();

    Map<String, String> cookies();

    TransportKind transport();

    /** Lives with the connection on its node; concurrent. */
    Map<Object, Object> items();

    /** In {@link HubBase#onReconnected} and {@link HubBase#onGap}: what was missed. */
    Optional<ConnectionGap> gap();
}
