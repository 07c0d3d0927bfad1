package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Keys in a file that only its owner may read, so that tokens survive a restart. One key a line as
 * {@link KeyRing#generateKey} makes it, the current one first; empty lines and lines that begin with {@code #} are
 * ignored. Used when a server starts; blocks on the disk.
 */
public final class KeyFile {

    /** The file that {@link #inDirectory} keeps. */
    public static final String NAME = "signalr.keys";

    private static final long MAX_BYTES = 16_384;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private KeyFile() {}

    /**
     * Reads a key file.
     *
     * @throws IOException when it cannot be read, or when others than its owner have any permission and the file system
     *     can tell
     * @throws IllegalArgumentException when a line is no key, see {@link KeyRing#of}
     */
    public static KeyRing read(Path file) throws IOException {
        checkOwnerOnly(file);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("the key file " + file + " has more than " + MAX_BYTES + " bytes");
        }
        List<String> keys = Files.readAllLines(file, US_ASCII).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        try {
            return KeyRing.of(keys);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the key file of a directory, and makes both when they are missing, for their owner alone. Of several
     * processes that do so at once all end up with the same key.
     *
     * @throws IOException as {@link #read}, or when the file cannot be made
     */
    public static KeyRing inDirectory(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            create(directory, file);
        }
        return read(file);
    }

    private static void create(Path directory, Path file) throws IOException {
        Files.createDirectories(directory, ownerOnly(directory, OWNER_DIRECTORY));
        // written aside and linked into place: the file appears whole, or not at all
        Path draft = directory.resolve(NAME + "." + UUID.randomUUID());
        try {
            write(
                    draft,
                    "# Protects SignalR tokens. Keep it secret; every node of a farm needs the same.\n"
                            + KeyRing.generateKey() + "\n");
            publish(draft, file);
        } catch (FileAlreadyExistsException e) {
            // another process was first; its key is ours
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, String text) throws IOException {
        Set<StandardOpenOption> fresh = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, fresh, ownerOnly(draft.getParent(), OWNER_FILE))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file); // refuses to replace, like the link
        }
    }

    private static void checkOwnerOnly(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw new IOException("the key file " + file + " is open to others than its owner ("
                    + PosixFilePermissions.toString(permissions) + "); make it rw------- (chmod 600)");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path near, Set<PosixFilePermission> permissions) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
