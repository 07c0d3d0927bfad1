package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.RefusedRequest;
import io.hubwire.signalr.hosting.jakarta.PathRules.Verdict;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Enforces the rules of {@code web.config} and of {@link SignalR#require}: 401 for who is anonymous, 403 for who does not meet the rule, both without a body. Stands
 * behind the filters that authenticate and in front of everything that answers; forwards inside of the application are its own affair. The 401 has no
 * challenge: whoever authenticates in front knows which, and this does not.
 */
public final class PathAuthorizationFilter implements Filter {
    private final PathRules rules;
    private final FrontServlet front;

    PathAuthorizationFilter(PathRules rules, FrontServlet front) {
        this.rules = rules;
        this.front = front;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Verdict verdict = rules.isEmpty() ? Verdict.ALLOWED : judge((HttpServletRequest) request);
        if (verdict == Verdict.ALLOWED) {
            chain.doFilter(request, response);
        } else {
            int status = verdict == Verdict.ANONYMOUS
                    ? HttpServletResponse.SC_UNAUTHORIZED
                    : HttpServletResponse.SC_FORBIDDEN;
            refuse(status, (HttpServletRequest) request, (HttpServletResponse) response);
        }
    }

    private Verdict judge(HttpServletRequest request) {
        return rules.judge(
                RequestPaths.of(request), Optional.ofNullable(request.getUserPrincipal()), request::isUserInRole);
    }

    /** Straight to who serves a mapped path, past whatever else may stand in between; nobody else gets to see the request. */
    private void refuse(int status, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(RefusedRequest.ATTRIBUTE) == null) { // a bad ticket is the better reason
            request.setAttribute(RefusedRequest.ATTRIBUTE, new RefusedRequest(status, ""));
        }
        if (!front.answer(request, response)) {
            response.setStatus(status);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
