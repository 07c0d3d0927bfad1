package io.hubwire.push.api;

import io.hubwire.push.security.AuthenticatedUser;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.service.SignOut;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Signing out: the token is worthless from now on, on every node, and the user's pages are disconnected. */
@Path("signout")
@RequestScoped
public class SignOutResource {
    @Inject
    BearerTokens tokens;

    @Inject
    SignOut signOut;

    @Context
    SecurityContext security;

    @POST
    public void signOut() {
        AuthenticatedUser caller = Caller.of(security);
        tokens.revoke(caller);
        signOut.endConnections(caller.name());
    }
}
