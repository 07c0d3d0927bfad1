package io.hubwire.signalr.hosting;

/**
 * A request that the host will not take, with the status that says why. The message is written for the client: it names the
 * limit or the rule, and echoes none of the input.
 */
public class RequestRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status a 4xx status
     * @param message may be sent to the client
     */
    public RequestRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status to answer with. */
    public final int status() {
        return status;
    }
}
