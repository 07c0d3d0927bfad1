package io.hubwire.signalr.tracing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is put aside when it is full: under its name and {@code .1}, which was {@code .2} when the next one comes. Nobody else writes to it meanwhile; what is in it from
 * an earlier run stays.
 */
final class RotatingFile implements LineSink {
    private static final long LOCKED = Long.MAX_VALUE - 1; // no content, which would be unreadable on Windows

    private final Path path;
    private final long maxBytes;
    private final int kept;
    private FileChannel channel; // null while there is none: a rotation has failed, or the end has come
    private boolean closed;

    private RotatingFile(Path path, long maxBytes, int kept) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /**
     * Opens the file, which is made with its directory if it is not there.
     *
     * @param maxBytes no write may have more
     * @throws IOException when it cannot be written, or somebody else writes to it, in this process or another one
     */
    static RotatingFile open(Path path, long maxBytes, int kept) throws IOException {
        Files.createDirectories(path.getParent());
        RotatingFile file = new RotatingFile(path, maxBytes, kept);
        file.channel = open(path);
        return file;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (closed) {
            throw new IOException("the file is closed");
        }
        if (channel == null) {
            channel = open(path);
        }
        if (channel.size() + lines.length > maxBytes && Files.isRegularFile(path)) {
            rotate();
        }
        writeWhole(ByteBuffer.wrap(lines), channel.size());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        release();
    }

    /** A disk may become full in the middle of a line. */
    private void writeWhole(ByteBuffer lines, long end) throws IOException {
        try {
            while (lines.hasRemaining()) {
                channel.write(lines, end + lines.position());
            }
        } catch (IOException e) {
            if (channel.isOpen() && channel.size() > end) {
                channel.truncate(end);
            }
            throw e;
        }
    }

    private void rotate() throws IOException {
        if (kept == 0) {
            channel.truncate(0);
            return;
        }
        release();
        for (int number = kept - 1; number >= 1; number--) {
            if (Files.exists(aside(number))) {
                Files.move(aside(number), aside(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, aside(1), StandardCopyOption.REPLACE_EXISTING);
        channel = open(path);
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private void release() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private static FileChannel open(Path path) throws IOException {
        FileChannel opened = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(opened);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static void lock(FileChannel opened) throws IOException {
        try {
            FileLock lock = opened.tryLock(LOCKED, 1, false); // until the channel is closed
            if (lock == null) {
                throw new IOException("another process writes to it");
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("another application of this server writes to it", e);
        }
    }
}
