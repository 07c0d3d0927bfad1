package io.hubwire.signalr.protocol;

/**
 * A payload that is no hub call (protocol §6.1). It is not answered as a hub error: silence over WebSockets, a 4xx or
 * 5xx over HTTP. The message names what is wrong and repeats nothing that the client sent.
 */
public final class HubRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean overLimit;

    HubRequestException(String message) {
        this(message, false);
    }

    private HubRequestException(String message, boolean overLimit) {
        super(message);
        this.overLimit = overLimit;
    }

    HubRequestException(String message, MalformedJsonException cause) {
        super(message, cause);
        this.overLimit = cause.isTooDeep();
    }

    /** @param message names the limit */
    static HubRequestException overLimit(String message) {
        return new HubRequestException(message, true);
    }

    /** Whether it goes beyond a limit, and might be right otherwise. */
    public boolean isOverLimit() {
        return overLimit;
    }
}
