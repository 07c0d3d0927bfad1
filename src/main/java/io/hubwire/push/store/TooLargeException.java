package io.hubwire.push.store;

import java.io.IOException;

/** A stream had more bytes than may be stored. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long maxBytes) {
        super("more than " + maxBytes + " bytes");
    }
}
