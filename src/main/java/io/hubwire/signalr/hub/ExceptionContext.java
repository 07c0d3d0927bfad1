package io.hubwire.signalr.hub;

import java.util.Objects;

/**
 * A failed call, seen by one module after the other from the inside out: each may replace the error, or turn it into a result (protocol §11).
 * Confined to the call of the hook.
 */
public final class ExceptionContext {
    private Throwable error;
    private Object result;

    ExceptionContext(Throwable error) {
        this.error = error;
    }

    /** What went wrong, without the wrappers that futures put around it; null once there is a result. */
    public Throwable error() {
        return error;
    }

    /** Replaces the error; a {@link HubException} reaches the client as one. Takes a result back. */
    public void setError(Throwable replacement) {
        this.error = Objects.requireNonNull(replacement, "replacement");
        this.result = null;
    }

    /** Answers the call with a result instead: the error is forgotten. Null is a result too. */
    public void setResult(Object replacement) {
        this.result = replacement;
        this.error = null;
    }

    Object result() {
        return result;
    }
}
