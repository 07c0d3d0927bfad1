package io.hubwire.push.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns a bearer token (RFC 6750) into the request's principal: from the {@code Authorization} header, and on SignalR's
 * paths alone from {@code Bearer} or {@code access_token} in the query. A token that is no good is refused with 401 even
 * where none is needed; a request without one goes on as nobody's, except that the API refuses it.
 */
public final class BearerAuthenticationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Bearer ";

    @Inject
    private transient BearerTokens tokens;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestArea area = RequestArea.of(request);
        Optional<String> token = token(area, request);
        if (token.isPresent()) {
            authenticate(token.get(), request, response, chain);
        } else if (area == RequestArea.API) {
            refuse(response, "Bearer realm=\"hubwire\"", "Sign in first");
        } else {
            chain.doFilter(request, response);
        }
    }

    private void authenticate(String token, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BearerTokens.Verification verification = tokens.verify(token);
        if (verification instanceof BearerTokens.Verification.Valid valid) {
            chain.doFilter(new AuthenticatedRequest(request, valid.user()), response);
        } else if (verification instanceof BearerTokens.Verification.Invalid invalid) {
            String challenge = "Bearer realm=\"hubwire\", error=\"invalid_token\", error_description=\"%s\"";
            refuse(response, challenge.formatted(invalid.reason()), invalid.reason());
        }
    }

    /** The header wins: what is in a URL may be older than the page. */
    private static Optional<String> token(RequestArea area, HttpServletRequest request) {
        return switch (area) {
            case API -> headerToken(request);
            case SIGNALR -> headerToken(request).or(() -> QueryToken.in(request.getQueryString()));
            // Whoever signs in anew may still send the old token along.
            case PUBLIC_API, OTHER -> Optional.empty();
        };
    }

    private static Optional<String> headerToken(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    /** The messages are our own words and need no escaping. */
    private static void refuse(HttpServletResponse response, String challenge, String message) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", challenge);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write("{\"error\":\"unauthorized\",\"message\":\"%s.\"}".formatted(message));
    }
}
