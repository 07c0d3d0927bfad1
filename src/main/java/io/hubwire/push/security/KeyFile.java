package io.hubwire.push.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** A file with a random secret, made on first use and kept over restarts; for its owner's eyes only. */
final class KeyFile {
    static final int KEY_BYTES = 64;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private KeyFile() {}

    /**
     * @throws IOException when the file can't be read or made, has not exactly {@value #KEY_BYTES} bytes, or others than
     *     its owner may read or write it
     */
    static byte[] loadOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            create(file);
        }
        requireOwnerOnly(file);
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " has " + key.length + " bytes in place of " + KEY_BYTES
                    + "; remove it to have a new key, which signs everyone out");
        }
        return key;
    }

    /** In one step, so that a second process that starts at the same time gets the same key. */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path complete = file.resolveSibling(file.getFileName() + "." + Long.toHexString(new SecureRandom().nextLong()));
        try {
            write(complete, key);
            link(complete, file);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    private static void write(Path file, byte[] key) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, ownerOnly())) {
            channel.write(ByteBuffer.wrap(key));
        }
    }

    private static void link(Path complete, Path file) throws IOException {
        try {
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException madeByAnother) {
            // Theirs is as good as ours, and already in use.
        } catch (UnsupportedOperationException noHardLinks) {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return knowsOwners()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        if (!knowsOwners()) {
            return;
        }
        Set<PosixFilePermission> excess = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        excess.removeAll(OWNER_ONLY);
        if (!excess.isEmpty()) {
            throw new IOException(file + " must be accessible to its owner alone (rw-------), but there is " + excess);
        }
    }

    private static boolean knowsOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
