package io.hubwire.signalr.hosting;

import io.hubwire.signalr.metrics.Limit;
import java.util.Optional;

/**
 * A request that the host will not take, with the status that says why. The message is written for the client: it names the
 * limit or the rule, and echoes none of the input.
 */
public class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Limit limit; // null: another rule

    /**
     * @param status a 4xx status
     * @param message may be sent to the client
     */
    public RequestRefusedException(int status, String message) {
        this(null, status, message);
    }

    /**
     * A request that goes beyond a limit.
     *
     * @param status a 4xx status, or 503
     * @param message names the limit; may be sent to the client
     */
    public RequestRefusedException(Limit limit, int status, String message) {
        super(message);
        this.limit = limit;
        this.status = status;
    }

    /** The HTTP status to answer with. */
    public final int status() {
        return status;
    }

    /** What it is counted under; empty when another rule is broken than a limit. */
    public final Optional<Limit> limit() {
        return Optional.ofNullable(limit);
    }
}
