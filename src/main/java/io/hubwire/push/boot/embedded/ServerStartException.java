package io.hubwire.push.boot.embedded;

/** The server did not start; the message is written for the person who started it. */
public final class ServerStartException extends Exception {

    private static final long serialVersionUID = 1L;

    ServerStartException(String message) {
        super(message);
    }

    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
