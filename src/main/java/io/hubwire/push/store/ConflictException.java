package io.hubwire.push.store;

/** A transaction broke a rule of the schema: someone else wrote the same key first. It has been rolled back. */
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConflictException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
