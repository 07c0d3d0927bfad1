package io.hubwire.examples;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Turns the token in a query, {@code ?Bearer=…}, into the user of the request: browsers cannot send a header with a WebSocket. It stands in front of SignalR, so
 * hubs, authorizers and every transport see the same user, and no context needs to be made anew for a call.
 */
final class QueryStringBearerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PARAMETER = "Bearer=";

    private final transient Function<String, Optional<Principal>> tickets;

    /** @param tickets whom a token is for; nobody when it is forged or has expired */
    QueryStringBearerFilter(Function<String, Optional<Principal>> tickets) {
        this.tickets = tickets;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Principal> user = token(request.getQueryString()).flatMap(tickets);
        chain.doFilter(user.isPresent() ? new Authenticated(request, user.get()) : request, response);
    }

    /** Reads the raw query: asking for parameters would consume the body of a form. */
    private static Optional<String> token(String query) {
        return Stream.ofNullable(query)
                .flatMap(text -> Stream.of(text.split("&")))
                .filter(pair -> pair.startsWith(PARAMETER))
                .map(pair -> URLDecoder.decode(pair.substring(PARAMETER.length()), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static final class Authenticated extends HttpServletRequestWrapper {
        private final Principal user;

        Authenticated(HttpServletRequest request, Principal user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return user.getName().equals("alice") && role.equals("Admin");
        }
    }
}
