package io.hubwire.signalr.hub;

/** The one exception whose message always reaches the client, with optional data (protocol §6.5). */
public class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Object errorData;

    public HubException(String message) {
        this(message, null);
    }

    /** @param errorData bound to JSON like a method's result; null for none */
    public HubException(String message, Object errorData) {
        super(message);
        this.errorData = errorData;
    }

    /** What the client gets as {@code error.data}; null for none. */
    public Object errorData() {
        return errorData;
    }
}
