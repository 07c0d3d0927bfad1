package io.hubwire.signalr.protocol;

/** A text that is not JSON (RFC 8259), or is nested too deeply. The message tells where, and never repeats the text. */
public final class MalformedJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean tooDeep;

    MalformedJsonException(String message) {
        this(message, false);
    }

    private MalformedJsonException(String message, boolean tooDeep) {
        super(message);
        this.tooDeep = tooDeep;
    }

    /** It may be JSON, but is nested more deeply than is read. */
    static MalformedJsonException nestedDeeperThan(int levels) {
        return new MalformedJsonException("Nested deeper than " + levels + " levels.", true);
    }

    MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
        this.tooDeep = false;
    }

    boolean isTooDeep() {
        return tooDeep;
    }
}
