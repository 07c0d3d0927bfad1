package io.hubwire.push.api;

import io.hubwire.push.security.AuthenticatedUser;
import jakarta.ws.rs.core.SecurityContext;

/** Who sent a request. */
final class Caller {
    private Caller() {}

    /** The filter in front of the API has let nobody else through; should it ever, this refuses with 401. */
    static AuthenticatedUser of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof AuthenticatedUser user) {
            return user;
        }
        throw Problem.refusal(401, "unauthorized", "Sign in first.");
    }
}
