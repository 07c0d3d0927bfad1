package io.hubwire.signalr.protocol;

/** {@code connectionData} that cannot be served (protocol §1.4). The message is fit for the client. */
public final class ConnectionDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean overLimit;

    ConnectionDataException(String message) {
        this(message, false);
    }

    private ConnectionDataException(String message, boolean overLimit) {
        super(message);
        this.overLimit = overLimit;
    }

    ConnectionDataException(String message, MalformedJsonException cause) {
        super(message, cause);
        this.overLimit = cause.isTooDeep();
    }

    /** @param message names the limit */
    static ConnectionDataException overLimit(String message) {
        return new ConnectionDataException(message, true);
    }

    /** Whether it goes beyond a limit, and might be right otherwise. */
    public boolean isOverLimit() {
        return overLimit;
    }
}
