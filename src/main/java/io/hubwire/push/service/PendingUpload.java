package io.hubwire.push.service;

import io.hubwire.push.store.StagedFile;
import io.hubwire.push.store.StorageException;
import java.io.IOException;

/** Bytes that have arrived, but aren't anyone's file yet. Closing it leaves nothing of them, unless they were completed. */
public final class PendingUpload implements AutoCloseable {
    private final StagedFile staged;

    PendingUpload(StagedFile staged) {
        this.staged = staged;
    }

    StagedFile staged() {
        return staged;
    }

    @Override
    public void close() {
        try {
            staged.close();
        } catch (IOException failure) {
            throw new StorageException("an upload could not be removed", failure);
        }
    }
}
