package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.protocol.ProtocolVersion;

/**
 * A client that asks for a connection.
 *
 * @param request its query is the client's own, with what an earlier redirect made of it
 * @param mapping the path of the mapping, such as {@code /signalr}
 * @param clientProtocol what the client says it speaks, not clamped; {@link ProtocolVersion#MIN} when it says nothing that can be read
 */
public record Negotiation(HostRequest request, String mapping, ProtocolVersion clientProtocol) {

    /**
     * Whether the client can be sent elsewhere; an older one that is sent fails to start. One that can may still be unable to follow a query
     * ({@link ProtocolVersion#followsRedirectQueries}): such a one is told so in place of the redirect.
     */
    public boolean followsRedirects() {
        return clientProtocol.followsRedirects();
    }
}
