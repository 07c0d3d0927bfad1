package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.hosting.HostMapping;
import io.hubwire.signalr.hosting.RefusedRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.hosting.RoleAwarePrincipal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns a connect ticket in the query into the request's principal, on the paths of the server that issued it and nowhere else. Somebody whom a filter in front, or the
 * container, has authenticated stays who it is, and the ticket is not looked at.
 * A bad ticket is left for the server to refuse.
 */
public final class ConnectTicketFilter implements Filter {
    private final Map<String, ConnectTickets> issuers = new ConcurrentHashMap<>();

    private final FrontServlet front;

    ConnectTicketFilter(FrontServlet front) {
        this.front = front;
    }

    /** Takes the tickets of a server on its paths; from the next request on. */
    void take(List<HostMapping> mappings, ConnectTickets tickets) {
        mappings.forEach(mapping -> issuers.put(mapping.path(), tickets));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Optional<ConnectTickets> issuer = front.mapping(http).map(mapping -> issuers.get(mapping.path()));
        Optional<String> ticket = issuer.flatMap(found -> ticket(http)).filter(any -> http.getUserPrincipal() == null);
        if (ticket.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        ConnectTickets.Verdict verdict = issuer.get().open(ticket.get(), http.getHeader("Origin"));
        if (verdict instanceof ConnectTickets.Verdict.Accepted accepted) {
            chain.doFilter(new TicketRequest(http, accepted.user()), response);
        } else if (verdict instanceof ConnectTickets.Verdict.Refused refused) {
            http.setAttribute(RefusedRequest.ATTRIBUTE, new RefusedRequest(refused.status(), refused.message()));
            chain.doFilter(request, response);
        }
    }

    private Optional<String> ticket(HttpServletRequest request) {
        try {
            return front.parameters()
                    .query(SentQuery.of(request))
                    .get(ConnectTickets.PARAMETER)
                    .filter(text -> !text.isEmpty());
        } catch (RequestRefusedException tooMuch) {
            return Optional.empty(); // whoever serves the request says so
        }
    }

    private static final class TicketRequest extends HttpServletRequestWrapper {
        private final Principal user;

        TicketRequest(HttpServletRequest request, Principal user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }

        @Override
        public String getRemoteUser() {
            return user.getName();
        }

        @Override
        public boolean isUserInRole(String role) {
            return user instanceof RoleAwarePrincipal knowing && knowing.hasRole(role);
        }

        @Override
        public String getAuthType() {
            return "ConnectTicket";
        }
    }
}
