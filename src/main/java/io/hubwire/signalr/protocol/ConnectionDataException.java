package io.hubwire.signalr.protocol;

/** {@code connectionData} that cannot be served (protocol §1.4). The message is fit for the client. */
public final class ConnectionDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionDataException(String message) {
        super(message);
    }

    ConnectionDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
