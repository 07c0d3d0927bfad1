package io.hubwire.push.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Bytes that are safely on the disk, but not yet anyone's file. Closing it removes them, unless they were kept. */
public final class StagedFile implements AutoCloseable {
    private final FileStorage storage;
    private final UUID id;
    private final Path path;
    private final long size;

    StagedFile(FileStorage storage, UUID id, Path path, long size) {
        this.storage = storage;
        this.id = id;
        this.path = path;
        this.size = size;
    }

    /** Random; the id of the file if it is kept. */
    public UUID id() {
        return id;
    }

    /** In bytes; 0 is possible. */
    public long size() {
        return size;
    }

    /** Where the bytes are until {@link #keep}. */
    public Path path() {
        return path;
    }

    /** Moves the bytes to where {@link FileStorage#path} says, in one step that survives a power failure. */
    public void keep() throws IOException {
        storage.keep(id, path);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
