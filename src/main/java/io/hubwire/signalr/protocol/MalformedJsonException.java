package io.hubwire.signalr.protocol;

/** A text that is not JSON (RFC 8259), or is nested too deeply. The message tells where, and never repeats the text. */
public final class MalformedJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }

    MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
