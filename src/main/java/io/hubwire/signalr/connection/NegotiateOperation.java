package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.protocol.NegotiateRedirect;
import io.hubwire.signalr.protocol.NegotiateResponse;
import io.hubwire.signalr.protocol.ProtocolVersion;
import io.hubwire.signalr.security.ConnectionToken;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.security.Principal;
import java.util.Optional;

/** Issues a connection id and its token, or a redirect (protocol §2). Keeps nothing: any node may serve what follows. */
final class NegotiateOperation {
    private static final String SUFFIX = "/negotiate";
    private static final NegotiateRedirect QUERY_NOT_FOLLOWED =
            NegotiateRedirect.refuse("The server redirects to an address with a query string, which this version of the"
                    + " client cannot follow; clients of protocol 2.1 can.");

    private final String path;
    private final ConnectionServices services;

    NegotiateOperation(String path, ConnectionServices services) {
        this.path = path;
        this.services = services;
    }

    /**
     * The JSON for the client.
     *
     * @throws RequestRefusedException when the request comes with a connect ticket that is spent, or too late
     */
    String answer(HostRequest request) throws RequestRefusedException {
        ProtocolVersion client =
                ProtocolVersion.parse(request.query().text("clientProtocol")).orElse(ProtocolVersion.MIN);
        Optional<NegotiateRedirect> redirect = services.redirector().redirect(new Negotiation(request, path, client));
        return redirect.isPresent() ? followable(redirect.get(), client).toJson() : served(request);
    }

    /** A client of 2.0 would append {@code /negotiate} to the query, and fail with an error that leads nowhere. */
    private static NegotiateRedirect followable(NegotiateRedirect redirect, ProtocolVersion client) {
        boolean lost = redirect instanceof NegotiateRedirect.To to && to.hasQuery() && !client.followsRedirectQueries();
        return lost ? QUERY_NOT_FOLLOWED : redirect;
    }

    private String served(HostRequest request) throws RequestRefusedException {
        TransportConfig transports = services.transports();
        ConnectionToken token = token(request.user());
        return new NegotiateResponse(
                        url(request),
                        token.protect(services.keys()),
                        token.connectionId(),
                        transports.keepAliveTimeout().orElse(null),
                        transports.disconnectTimeout(),
                        transports.connectionTimeout(),
                        transports.transports().contains(TransportKind.WEB_SOCKETS) && request.offersWebSocket(),
                        ProtocolVersion.negotiate(
                                request.query().get("clientProtocol").orElse(null)),
                        transports.transportConnectTimeout(),
                        transports.longPollDelay())
                .toJson();
    }

    private static ConnectionToken token(Optional<Principal> user) throws RequestRefusedException {
        return user.isPresent() && user.get() instanceof TicketHolder holder
                ? holder.redeem()
                : ConnectionToken.create(user.map(Principal::getName).orElse(null));
    }

    /** The mapped prefix in its own spelling, then the rest as sent, less every lower-case suffix (capture 01050). */
    private String url(HostRequest request) {
        String context = request.contextPath();
        String rest = request.path().substring(context.length() + path.length());
        return (context + path + rest).replace(SUFFIX, "");
    }
}
