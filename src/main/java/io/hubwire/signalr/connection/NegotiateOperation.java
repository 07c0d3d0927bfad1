package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.protocol.NegotiateResponse;
import io.hubwire.signalr.protocol.ProtocolVersion;
import io.hubwire.signalr.security.ConnectionToken;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.security.Principal;

/** Issues a connection id and its token (protocol §2). Keeps nothing: any node may serve what follows. */
final class NegotiateOperation {
    private static final String SUFFIX = "/negotiate";

    private final String path;
    private final ConnectionServices services;

    NegotiateOperation(String path, ConnectionServices services) {
        this.path = path;
        this.services = services;
    }

    String answer(HostRequest request) {
        TransportConfig transports = services.transports();
        ConnectionToken token =
                ConnectionToken.create(request.user().map(Principal::getName).orElse(null));
        return new NegotiateResponse(
                        url(request),
                        token.protect(services.keys()),
                        token.connectionId(),
                        transports.keepAliveTimeout().orElse(null),
                        transports.disconnectTimeout(),
                        transports.connectionTimeout(),
                        transports.transports().contains(TransportKind.WEB_SOCKETS),
                        ProtocolVersion.negotiate(
                                request.query().get("clientProtocol").orElse(null)),
                        transports.transportConnectTimeout(),
                        transports.longPollDelay())
                .toJson();
    }

    /** The mapped prefix in its own spelling, then the rest as sent, less every lower-case suffix (capture 01050). */
    private String url(HostRequest request) {
        String context = request.contextPath();
        String rest = request.path().substring(context.length() + path.length());
        return (context + path + rest).replace(SUFFIX, "");
    }
}
