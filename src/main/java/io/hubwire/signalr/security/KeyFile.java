package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keys in a file that only its owner may read, so that tokens survive a restart. One key a line as
 * {@link KeyRing#generateKey} makes it, the current one first; empty lines and lines that begin with {@code #} are
 * ignored. Used when a server starts; blocks on the disk.
 */
public final class KeyFile {

    /** The file that {@link #inDirectory} keeps. */
    public static final String NAME = "signalr.keys";

    private static final long MAX_BYTES = 16_384;

    private KeyFile() {}

    /**
     * Reads a key file.
     *
     * @throws IOException when it cannot be read, or when others than its owner have any permission and the file system
     *     can tell
     * @throws IllegalArgumentException when a line is no key, see {@link KeyRing#of}
     */
    public static KeyRing read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("the key file " + file + " has more than " + MAX_BYTES + " bytes");
        }
        List<String> keys = new String(OwnerOnlyFile.read(file), US_ASCII)
                .lines()
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
            OwnerOnlyFile.createUnlessThere(file, freshKey().getBytes(US_ASCII));
        }
        return read(file);
    }

    private static String freshKey() {
        return "# Protects SignalR tokens. Keep it secret; every node of a farm needs the same.\n"
                + KeyRing.generateKey() + "\n";
    }
}
