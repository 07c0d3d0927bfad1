package io.hubwire.push.api;

import io.hubwire.push.security.AuthenticatedUser;
import io.hubwire.push.service.Inbox;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.TreeSet;

/** Who is signed in. */
@Path("me")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {
    @Inject
    Inbox inbox;

    @Context
    SecurityContext security;

    @GET
    public Me me() {
        AuthenticatedUser user = Caller.of(security);
        return new Me(
                user.name(), user.displayName(), List.copyOf(new TreeSet<>(user.roles())), inbox.unread(user.name()));
    }

    /**
     * The caller.
     *
     * @param unread notifications in the inbox
     */
    public record Me(String name, String displayName, List<String> roles, long unread) {}
}
