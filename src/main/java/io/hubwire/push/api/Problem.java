package io.hubwire.push.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request was refused.
 *
 * @param error short and stable, for programs
 * @param message for people: what was wrong, and what would be right
 */
public record Problem(String error, String message) {

    Response.ResponseBuilder answer(int status) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(this);
    }

    /** To be thrown. */
    static WebApplicationException refusal(int status, String error, String message) {
        return new WebApplicationException(
                message, new Problem(error, message).answer(status).build());
    }

    static WebApplicationException badRequest(String message) {
        return refusal(400, "bad_request", message);
    }

    static WebApplicationException notFound(String message) {
        return refusal(404, "not_found", message);
    }
}
