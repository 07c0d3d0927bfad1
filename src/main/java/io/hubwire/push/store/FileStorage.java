package io.hubwire.push.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The bytes of uploaded files, in a directory of its own, under random names that nobody chose. Thread-safe; blocks on
 * the disk, and {@link #stage} on whoever sends the bytes.
 *
 * <p>A file is first staged, then kept. A staged file that is closed without being kept leaves nothing behind; what a
 * killed process leaves, {@link #removeAbandoned} finds.
 */
public final class FileStorage {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path kept;
    private final Path staging;

    private FileStorage(Path kept, Path staging) {
        this.kept = kept;
        this.staging = staging;
    }

    /** Creates what is missing of the directory, readable by its owner only where the file system knows owners. */
    public static FileStorage open(Path directory) throws IOException {
        return new FileStorage(
                PrivateDirectory.create(directory.resolve("kept")),
                PrivateDirectory.create(directory.resolve("staging")));
    }

    /**
     * Copies a stream to the disk as it comes. The stream is not closed.
     *
     * @param maxBytes at most this much is stored
     * @throws TooLargeException when there is more; nothing is left of it on the disk
     * @throws StorageException when the disk fails
     * @throws IOException when the stream fails; nothing is left on the disk
     */
    public StagedFile stage(InputStream content, long maxBytes) throws IOException {
        UUID id = UUID.randomUUID();
        Path path = staging.resolve(id.toString());
        try {
            return new StagedFile(this, id, path, copy(content, path, maxBytes));
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(path);
            throw failure;
        }
    }

    /** Where a kept file lies, whether or not there is one. */
    public Path path(UUID id) {
        String name = id.toString();
        return kept.resolve(name.substring(0, 2)).resolve(name);
    }

    /** Does nothing when there is none. */
    public void delete(UUID id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /**
     * Removes what was staged and never kept, and what was kept but is unknown: the remains of uploads that were cut off
     * by the end of the process.
     *
     * @param minimumAge younger files are left alone: their uploads may be under way, here or on another node
     * @return how many files were removed
     */
    public int removeAbandoned(Predicate<UUID> isKnown, Duration minimumAge, Instant now) throws IOException {
        Instant newest = now.minus(minimumAge);
        return removeOlder(staging, id -> false, newest) + removeOlder(kept, isKnown, newest);
    }

    void keep(UUID id, Path staged) throws IOException {
        Path target = path(id);
        PrivateDirectory.create(target.getParent());
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException oneFileSystemOnly) {
            throw new IOException(staging + " and " + kept + " must be on the same file system", oneFileSystemOnly);
        }
        syncDirectory(target.getParent());
    }

    private static long copy(InputStream content, Path path, long maxBytes) throws IOException {
        try (FileChannel channel = create(path)) {
            long size = copy(content, Channels.newOutputStream(channel), maxBytes);
            force(channel);
            return size;
        }
    }

    private static FileChannel create(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new StorageException("an upload could not be written", failure);
        }
    }

    private static long copy(InputStream content, OutputStream disk, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw new TooLargeException(maxBytes);
            }
            write(disk, buffer, read);
        }
        return size;
    }

    /** Keeps a failing disk apart from a failing client. */
    private static void write(OutputStream disk, byte[] buffer, int length) {
        try {
            disk.write(buffer, 0, length);
        } catch (IOException failure) {
            throw new StorageException("an upload could not be written", failure);
        }
    }

    private static void force(FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException failure) {
            throw new StorageException("an upload could not be forced to the disk", failure);
        }
    }

    private static int removeOlder(Path directory, Predicate<UUID> isKnown, Instant newest) throws IOException {
        int removed = 0;
        try (Stream<Path> files = Files.walk(directory, 2)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (isAbandoned(file, isKnown, newest) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean isAbandoned(Path file, Predicate<UUID> isKnown, Instant newest) throws IOException {
        try {
            UUID id = UUID.fromString(file.getFileName().toString());
            return Files.getLastModifiedTime(file).toInstant().isBefore(newest) && !isKnown.test(id);
        } catch (IllegalArgumentException | NoSuchFileException notOursOrGone) {
            return false;
        }
    }

    /** Makes a rename survive a power failure. Where directories can't be opened (Windows) the file system sees to it. */
    private static void syncDirectory(Path directory) throws IOException {
        if (PrivateDirectory.knowsOwners()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
