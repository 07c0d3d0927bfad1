package io.hubwire.examples;

import io.hubwire.signalr.hosting.ParameterParser;
import io.hubwire.signalr.hosting.RequestRefusedException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/** Makes the holder of the token the request's user. Reads the query itself: asking the request for parameters would consume a form that SignalR wants to read. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AccessTokenFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<AccessTokens.User> user = token(request).flatMap(AccessTokens::verify);
        chain.doFilter(user.isPresent() ? as(user.get(), request) : request, response);
    }

    private static Optional<String> token(HttpServletRequest request) {
        try {
            return ParameterParser.DEFAULT.query(request.getQueryString()).get("Bearer");
        } catch (RequestRefusedException tooLong) {
            return Optional.empty();
        }
    }

    private static HttpServletRequest as(AccessTokens.User user, HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return user;
            }

            @Override
            public boolean isUserInRole(String role) {
                return user.hasRole(role);
            }
        };
    }
}
