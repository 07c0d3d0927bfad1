package io.hubwire.signalr.connection;

/**
 * A call was carried out, but what it gave cannot be written as JSON. There is no answer to send: a 500 over HTTP, and over WebSockets the socket is closed, so
 * that the client learns that its call is lost (protocol §6.4).
 */
public final class UnserializableResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what the JSON binding could not write */
    public UnserializableResultException(Throwable cause) {
        super("The result of a call cannot be serialized.", cause);
    }
}
