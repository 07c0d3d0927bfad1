package io.hubwire.push.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Tells browsers what our pages never do: run foreign or inline scripts, be framed, be guessed at, use the camera, or tell other sites where the user came from. What
 * SignalR sends has a policy of its own: its forever frame is a frame with inline scripts, which our pages may hold, and its scripts may be loaded by other sites.
 */
public final class SecurityHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The style that jquery.signalR 2.4.3 gives to the frame of its forever frame transport: out of sight. */
    private static final String FOREVER_FRAME_STYLE = "'sha256-7upzhVFG4tAiDrhGmMQ4BC3xJPS/zwMJOfc7u8chZ4g='";

    private static final String PAGE_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src-attr 'unsafe-hashes' " + FOREVER_FRAME_STYLE
                    + "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> PAGES = Map.of(
            "Content-Security-Policy", PAGE_POLICY,
            "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

    private static final Map<String, String> SIGNALR = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "X-Frame-Options", "SAMEORIGIN");

    private static final String A_YEAR = "max-age=31536000";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestArea area = RequestArea.of(request);
        (area == RequestArea.SIGNALR ? SIGNALR : PAGES).forEach(response::setHeader);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure()) { // over http browsers ignore it (RFC 6797 §7.2)
            response.setHeader("Strict-Transport-Security", A_YEAR);
        }
        if (area == RequestArea.API || area == RequestArea.PUBLIC_API) {
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }
}
