package io.hubwire.push.boot.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory for one run of the server: private to its owner, with a name nobody can guess, gone afterwards.
 *
 * <p>It lies in the data directory rather than in the system's temporary one, which housekeeping empties under the feet of
 * long-running servers. A lock marks a directory as in use; what a killed server left behind is removed by the next one.
 */
final class RunDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;

    private RunDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates a directory below {@code data/run}; refuses a {@code run} that somebody else owns or may write to. */
    static synchronized RunDirectory create(Path data) throws IOException {
        Path parent = privateDirectory(privateDirectory(data.toAbsolutePath()).resolve("run"));
        try (FileChannel gate = openLock(parent.resolve(LOCK))) {
            gate.lock();
            Path path = Files.createTempDirectory(parent, null);
            requireSameOwner(parent, path);
            FileChannel lock = openLock(path.resolve(LOCK));
            lock.lock();
            removeAbandoned(parent);
            return new RunDirectory(path, lock);
        }
    }

    /** Takes over a directory that another class loader of this JVM created and keeps locked. */
    static RunDirectory adopt(Path path) throws IOException {
        return new RunDirectory(path, openLock(path.resolve(LOCK)));
    }

    Path path() {
        return path;
    }

    /** Removes the directory. Files that cannot be removed now are left to the next run. */
    @Override
    public void close() {
        try (lock) {
            remove(path);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(RunDirectory.class.getName())
                    .log(System.Logger.Level.DEBUG, "Left behind for the next run: " + path, e);
        }
    }

    private static Path privateDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, ownerOnly(path));
        }
        return path;
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whoever owns the parent directory, or may write to it, could put classes of his own in place of ours. */
    private static void requireSameOwner(Path parent, Path created) throws IOException {
        boolean sameOwner = Files.getOwner(parent, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(created));
        if (!sameOwner || Files.isSymbolicLink(parent) || isWritableByOthers(parent)) {
            Files.delete(created);
            throw new IOException(parent + " must be a directory that belongs to the user who runs the server,"
                    + " and that nobody else may write to");
        }
    }

    private static boolean isWritableByOthers(Path path) throws IOException {
        if (!isPosix(path)) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static FileChannel openLock(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void removeAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path run : runs) {
                if (isAbandoned(run)) {
                    remove(run);
                }
            }
        }
    }

    private static boolean isAbandoned(Path run) throws IOException {
        try (FileChannel channel = openLock(run.resolve(LOCK));
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException ofThisJvm) {
            return false;
        }
    }

    static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
