package io.hubwire.signalr.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Files with secrets: none but their owner may touch them, as far as the file system knows owners. Blocks on the disk. */
public final class OwnerOnlyFile {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnlyFile() {}

    /**
     * Makes a file, and the directories above it that are missing, for their owner alone. The file appears whole and is on the disk, or does
     * not appear; one that is there already, also one that another process makes at the same time, stays as it is.
     */
    public static void createUnlessThere(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory, ownerOnly(directory, DIRECTORY));
        Path draft = directory.resolve(file.getFileName() + "." + UUID.randomUUID());
        try {
            write(draft, content);
            publish(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its file is as good as ours, and in use.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or when others than its owner have any permission
     */
    public static byte[] read(Path file) throws IOException {
        requireOwnerOnly(file);
        return Files.readAllBytes(file);
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw new IOException(file + " is open to others than its owner ("
                    + PosixFilePermissions.toString(permissions) + "); make it rw------- (chmod 600)");
        }
    }

    private static void write(Path draft, byte[] content) throws IOException {
        Set<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, fresh, ownerOnly(draft.getParent(), FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException noHardLinks) {
            Files.move(draft, file); // refuses to replace, like the link
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path near, Set<PosixFilePermission> permissions) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
