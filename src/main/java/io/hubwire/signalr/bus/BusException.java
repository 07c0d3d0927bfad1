package io.hubwire.signalr.bus;

/** The bus refused a message or a subscription; the text names the limit and the value. */
public final class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusException(String message) {
        super(message);
    }
}
