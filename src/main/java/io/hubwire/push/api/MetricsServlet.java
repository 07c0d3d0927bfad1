package io.hubwire.push.api;

import io.hubwire.push.domain.Role;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.security.MetricsToken;
import io.hubwire.push.service.ServerControl;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The counters for Prometheus, for those who send {@code Authorization: Bearer} with the token that was set up for scraping, or with an operator's own. Others get 401;
 * 403 who is signed in without being an operator.
 */
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String SCHEME = "Bearer ";

    @Inject
    private transient ServerControl server;

    @Inject
    private transient MetricsToken scrapers;

    @Inject
    private transient BearerTokens users;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        int status = status(request);
        response.setStatus(status);
        if (status == HttpServletResponse.SC_OK) {
            response.setContentType("text/plain; version=0.0.4; charset=utf-8");
            response.getOutputStream().write(server.prometheusText().getBytes(StandardCharsets.UTF_8));
        } else if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"hubwire\"");
        }
    }

    private int status(HttpServletRequest request) {
        Optional<String> token = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
        if (token.filter(scrapers::matches).isPresent()) {
            return HttpServletResponse.SC_OK;
        }
        return token.map(users::verify).map(MetricsServlet::status).orElse(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private static int status(BearerTokens.Verification verification) {
        if (verification instanceof BearerTokens.Verification.Valid valid) {
            return valid.user().hasRole(Role.OPERATOR_NAME)
                    ? HttpServletResponse.SC_OK
                    : HttpServletResponse.SC_FORBIDDEN;
        }
        return HttpServletResponse.SC_UNAUTHORIZED;
    }
}
