package io.hubwire.push.security;

import io.hubwire.signalr.security.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A file with a random secret, made on first use and kept over restarts; for its owner's eyes only. */
final class KeyFile {
    static final int KEY_BYTES = 64;

    private KeyFile() {}

    /**
     * @throws IOException when the file can't be read or made, has not exactly {@value #KEY_BYTES} bytes, or others than
     *     its owner may read or write it
     */
    static byte[] loadOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            OwnerOnlyFile.createUnlessThere(file, randomKey());
        }
        byte[] key = OwnerOnlyFile.read(file);
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " has " + key.length + " bytes in place of " + KEY_BYTES
                    + "; remove it to have a new key, which signs everyone out");
        }
        return key;
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
