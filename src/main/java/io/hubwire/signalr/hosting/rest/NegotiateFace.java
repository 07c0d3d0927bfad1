package io.hubwire.signalr.hosting.rest;

import io.hubwire.signalr.hosting.PreparedRequest;
import io.hubwire.signalr.hosting.PreparedRequest.Answer;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Negotiation as a part of a JAX-RS application: its filters, listeners and interceptors see it. To be registered by name in the application, and named to the host by
 * its path, {@code <application path>/}{@value #PATH}. Takes any method, as the operation does (protocol §0.2), which is why it stands in front of the matching of
 * resources. A request that did not come through the host's routing gets a 404, whoever sends it.
 */
@PreMatching
public final class NegotiateFace implements ContainerRequestFilter {
    /** The path below the JAX-RS application's own. */
    public static final String PATH = "hubwire/negotiate";

    private static final Logger LOG = System.getLogger(NegotiateFace.class.getName());

    @Override
    public void filter(ContainerRequestContext request) {
        if (isFace(request.getUriInfo().getPath())) {
            request.abortWith(
                    request.getProperty(PreparedRequest.ATTRIBUTE) instanceof PreparedRequest prepared
                            ? answer(prepared)
                            : Response.status(Response.Status.NOT_FOUND).build());
        }
    }

    /** The path of a request is relative to the base, but implementations differ in whether it begins with a slash. */
    private static boolean isFace(String path) {
        return path.equals(PATH) || path.equals("/" + PATH);
    }

    private static Response answer(PreparedRequest prepared) {
        try {
            return response(prepared.answer());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Negotiation failed", e);
            return Response.serverError().build();
        }
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        answer.headers().forEach(header -> response.header(header.name(), header.value()));
        answer.contentType().ifPresent(type -> response.header(HttpHeaders.CONTENT_TYPE, type));
        return response.entity(answer.body()).build();
    }
}
