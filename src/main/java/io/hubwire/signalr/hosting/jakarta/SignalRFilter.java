package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
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

    SignalRFilter(FrontServlet front) {
        this.front = front;
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
