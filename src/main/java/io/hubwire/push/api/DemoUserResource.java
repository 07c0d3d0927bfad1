package io.hubwire.push.api;

import io.hubwire.push.service.DemoUsers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The demo users, for the sign-in page to offer; an empty list unless they are enabled. For everyone. */
@Path("demo-users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DemoUserResource {
    @Inject
    DemoUsers demoUsers;

    @GET
    public List<DemoUser> demoUsers() {
        return demoUsers.shown().stream()
                .map(user -> new DemoUser(user.name(), user.displayName(), user.password()))
                .toList();
    }

    /**
     * What the sign-in page needs to offer one.
     *
     * @param password as everyone may know
     */
    public record DemoUser(String name, String displayName, String password) {}
}
