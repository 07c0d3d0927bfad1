package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.security.OriginPolicy;
import java.util.Optional;

/**
 * Lets pages of other origins read the answers, as far as the policy allows them in (CORS, Fetch standard §3.2). Their cookies count: browsers send
 * them by default with this client (protocol §16), so the origin is always named. Pages that are not allowed in get no header, and their browser
 * refuses them the answer.
 */
final class CrossOriginSharing {
    private final OriginPolicy policy;

    CrossOriginSharing(OriginPolicy policy) {
        this.policy = policy;
    }

    /**
     * Adds the headers. Answers the request if it is a preflight of an allowed page: it carries no credentials, so nobody else could.
     *
     * @return whether it has answered
     */
    boolean share(HostExchange exchange) {
        HostRequest request = exchange.request();
        Optional<String> origin = request.header("Origin").filter(from -> isAllowedGuest(request, from));
        origin.ifPresent(from -> {
            exchange.header("Access-Control-Allow-Origin", from);
            exchange.header("Access-Control-Allow-Credentials", "true");
            exchange.header("Vary", "Origin");
        });
        boolean preflight = origin.isPresent()
                && request.method().equals("OPTIONS")
                && request.header("Access-Control-Request-Method").isPresent();
        if (preflight) {
            exchange.header("Access-Control-Allow-Methods", "GET, POST");
            request.header("Access-Control-Request-Headers")
                    .ifPresent(names -> exchange.header("Access-Control-Allow-Headers", names));
            exchange.respond(200, null, new byte[0]);
        }
        return preflight;
    }

    private boolean isAllowedGuest(HostRequest request, String origin) {
        return OriginPolicy.isCrossOrigin(origin, request.scheme(), request.serverName(), request.serverPort())
                && policy.allows(origin, request.scheme(), request.serverName(), request.serverPort());
    }
}
