package io.hubwire.push.api;

import io.hubwire.push.security.BearerTokens;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Signing out: the token is worthless from now on, on every node. */
@Path("signout")
@RequestScoped
public class SignOutResource {
    @Inject
    BearerTokens tokens;

    @Context
    SecurityContext security;

    @POST
    public void signOut() {
        tokens.revoke(Caller.of(security));
    }
}
