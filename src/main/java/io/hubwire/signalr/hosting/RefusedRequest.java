package io.hubwire.signalr.hosting;

/**
 * The verdict of a filter in front on a request that it leaves to its handler to answer, as the request attribute {@link #ATTRIBUTE}: the handler knows
 * what else belongs into the answer, such as what lets pages of other origins read it.
 *
 * @param status 401 or 403
 * @param message for the client; may be empty
 */
public record RefusedRequest(int status, String message) {
    /** The request attribute. */
    public static final String ATTRIBUTE = "io.hubwire.signalr.refused";
}
