package io.hubwire.push.api;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;

/** Answers every failure with a {@link Problem}. Nothing of an exception is told that wasn't written for the client. */
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        return failure instanceof WebApplicationException refusal ? refused(refusal.getResponse()) : failed(failure);
    }

    private static Response refused(Response response) {
        LOG.log(DEBUG, "refused with {0}", response.getStatus());
        if (response.hasEntity() || response.getStatusInfo().getFamily() != Response.Status.Family.CLIENT_ERROR) {
            return response;
        }
        String phrase = response.getStatusInfo().getReasonPhrase();
        String error = phrase.toLowerCase(java.util.Locale.ROOT).replace(' ', '_');
        return Response.fromResponse(response)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Problem(error, phrase + "."))
                .build();
    }

    /** The id leads from what a user reports to the log. */
    private static Response failed(Throwable failure) {
        String id = UUID.randomUUID().toString();
        LOG.log(ERROR, "request failed, told the client id " + id, failure);
        return new Problem("server_error", "The server failed to do this. It has been logged as " + id + ".")
                .answer(500)
                .build();
    }
}
