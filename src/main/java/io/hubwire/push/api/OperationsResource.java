package io.hubwire.push.api;

import io.hubwire.push.domain.Role;
import io.hubwire.push.service.ServerControl;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** What operators may do to the running server; others get 403. */
@Path("operations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OperationsResource {
    @Inject
    ServerControl server;

    @Context
    SecurityContext security;

    /** Begins to drain the server, which goes on after the answer, 202; the same answer when it was begun before. */
    @POST
    @Path("drain")
    public Response drain() {
        if (!Caller.of(security).hasRole(Role.OPERATOR_NAME)) {
            throw Problem.refusal(403, "forbidden", "Only operators may do this.");
        }
        server.drain();
        return Response.accepted(new Draining(server.isDraining())).build();
    }

    /** What the server does now. */
    public record Draining(boolean draining) {}
}
