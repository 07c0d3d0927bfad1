package io.hubwire.signalr.protocol;

/**
 * A payload that is no hub call (protocol §6.1). It is not answered as a hub error: silence over WebSockets, a 4xx or
 * 5xx over HTTP. The message names what is wrong and repeats nothing that the client sent.
 */
public final class HubRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HubRequestException(String message) {
        super(message);
    }

    HubRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
