package io.hubwire.push.api;

import io.hubwire.push.service.Liveness;
import io.hubwire.push.service.ServerControl;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * For load balancers and supervisors, for everyone: {@code /health/live} is 200 as long as requests are answered at all; {@code /health/ready}, and {@code
 * /health} as well, is 200 while the application can do its work and takes clients, otherwise 503. Tells nothing but that.
 */
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Liveness liveness;

    @Inject
    private transient ServerControl server;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String which = request.getPathInfo() == null ? "" : request.getPathInfo();
        switch (which) {
            case "/live" -> answer(response, true);
            case "", "/ready" -> answer(response, !server.isDraining() && liveness.isUp());
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void answer(HttpServletResponse response, boolean up) throws IOException {
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getWriter().write(up ? "{\"status\":\"up\"}" : "{\"status\":\"down\"}");
    }
}
