package io.hubwire.push.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request whose user is known by a bearer token. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final AuthenticatedUser user;

    AuthenticatedRequest(HttpServletRequest request, AuthenticatedUser user) {
        super(request);
        this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
        return user;
    }

    @Override
    public String getRemoteUser() {
        return user.name();
    }

    @Override
    public boolean isUserInRole(String role) {
        return user.hasRole(role);
    }

    @Override
    public String getAuthType() {
        return "Bearer";
    }
}
