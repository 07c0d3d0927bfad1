package io.hubwire.push.api;

import io.hubwire.push.security.ConnectTicketIssuer;
import io.hubwire.push.security.ConnectTicketIssuer.ConnectTicketAnswer;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** Tickets for live connections: a page asks for one before each start, by the bearer token in the header, and passes it as {@code qs: {ticket: …}}. */
@Path("connect-ticket")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConnectTicketResource {
    @Inject
    ConnectTicketIssuer issuer;

    @Context
    SecurityContext security;

    @POST
    public ConnectTicketAnswer issue(@HeaderParam("Origin") String origin) {
        try {
            return issuer.issue(Caller.of(security), origin);
        } catch (IllegalArgumentException noOrigin) {
            throw Problem.refusal(403, "forbidden", "Pages without an origin of their own get no ticket.");
        }
    }
}
