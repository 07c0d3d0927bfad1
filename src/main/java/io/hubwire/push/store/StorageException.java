package io.hubwire.push.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The server's own disk failed: someone here must act. */
public final class StorageException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, IOException cause) {
        super(message, cause);
    }
}
