package io.hubwire.signalr.protocol;

/**
 * A JSON value that does not fit its Java type, or a Java value that cannot be JSON. The message names types and limits
 * and may repeat a short part of the value; it is for the hub's developers, and for clients only with detailed errors
 * (protocol §6.5).
 */
public final class JsonBindingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonBindingException(String message) {
        super(message);
    }

    public JsonBindingException(String message, Throwable cause) {
        super(message, cause);
    }
}
