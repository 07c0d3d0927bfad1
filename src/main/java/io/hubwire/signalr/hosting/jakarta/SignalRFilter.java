package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Routes: what lies under a mapped path goes to the {@link FrontServlet} and no further, everything else passes untouched. Servlet mappings
 * could not do it, since they distinguish case and see normalized paths. To be mapped to {@code /*} for the dispatcher type
 * {@code REQUEST}, with {@code asyncSupported}, behind the filters that authenticate.
 */
public final class SignalRFilter implements Filter {
    private final FrontServlet front;
    private final ServletContextListener followers;
    private ServletContextEvent context;

    /** @param followers told when the filter is put into service and taken out of it; a failure there fails the application's start */
    SignalRFilter(FrontServlet front, ServletContextListener followers) {
        this.front = front;
        this.followers = followers;
    }

    @Override
    public void init(FilterConfig config) {
        context = new ServletContextEvent(config.getServletContext());
        try {
            followers.contextInitialized(context);
        } catch (RuntimeException | Error e) {
            destroy(); // the container does not take a filter out of service that did not get there
            throw e;
        }
    }

    @Override
    public void destroy() {
        followers.contextDestroyed(context);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean answered = request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse httpResponse
                && front.answer(http, httpResponse);
        if (!answered) {
            chain.doFilter(request, response);
        }
    }
}
