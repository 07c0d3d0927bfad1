package io.hubwire.signalr.hosting;

import io.hubwire.signalr.metrics.Limit;

/** A request body was longer than the host accepts: 413. */
public final class BodyTooLargeException extends RequestRefusedException {
    private static final long serialVersionUID = 1L;

    private final long limitBytes;

    /** @param limitBytes the limit that was passed, in bytes */
    public BodyTooLargeException(long limitBytes) {
        super(Limit.BODY_SIZE, 413, "The request body is longer than " + limitBytes + " bytes.");
        this.limitBytes = limitBytes;
    }

    /** The limit that was passed, in bytes. */
    public long limitBytes() {
        return limitBytes;
    }
}
