package io.hubwire.signalr.hosting.weld;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jboss.weld.servlet.spi.HttpContextActivationFilter;
import org.jboss.weld.servlet.spi.helpers.AcceptingHttpContextActivationFilter;
import org.jboss.weld.servlet.spi.helpers.RegexHttpContextActivationFilter;

/**
 * Keeps the contexts that Weld ties to requests off those that SignalR answers: they end on another thread than they begin on, and Weld would leave its request context behind
 * on the first. Hubs and persistent connections have request contexts of their own. What an application excludes itself, by the context parameter {@code
 * org.jboss.weld.context.mapping}, stays excluded. Found and called by Weld alone.
 */
public final class SignalRActivationFilter implements HttpContextActivationFilter {
    private static final String MAPPING = "org.jboss.weld.context.mapping";

    private volatile HttpContextActivationFilter declared;

    @Override
    public boolean accepts(HttpServletRequest request) {
        return !SignalR.answers(request)
                && declared(request.getServletContext()).accepts(request);
    }

    // two threads may read it at once, and read the same
    private HttpContextActivationFilter declared(ServletContext context) {
        HttpContextActivationFilter known = declared;
        if (known == null) {
            String mapping = context.getInitParameter(MAPPING);
            known = mapping == null
                    ? AcceptingHttpContextActivationFilter.INSTANCE
                    : new RegexHttpContextActivationFilter(mapping);
            declared = known;
        }
        return known;
    }

    @Override
    public void cleanup() {
        // Nothing is held.
    }
}
