package io.hubwire.signalr.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that protect tokens: one that is used from now on, and older ones that still open what they closed. All
 * nodes of a farm need the same ring; to rotate, give every node the new key as an older one first, then make it the
 * current one everywhere, and drop the old one when no client holds a token of it. Rotate before one key has protected
 * 2³² tokens (NIST SP 800-38D §8.3).
 *
 * <p>Immutable and safe for any thread. Neither keys nor their text ever appear in messages or {@link #toString}.
 */
public final class KeyRing {

    /** Length of a key in bytes: AES-256. */
    public static final int KEY_BYTES = 32;

    /** Most keys of one ring. */
    public static final int MAX_KEYS = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The id travels with every token; it is a digest, so that keys need no names. */
    record Key(int id, SecretKey secret) {

        static Key of(byte[] material) {
            int id = ByteBuffer.wrap(sha256(material)).getInt();
            return new Key(id, new SecretKeySpec(material, "AES"));
        }

        private static byte[] sha256(byte[] material) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(material);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return "Key[" + Integer.toHexString(id) + "]";
        }
    }

    private final List<Key> keys;
    private final IdleCiphers ciphers = new IdleCiphers();

    private KeyRing(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A ring with one random key; its tokens mean nothing to other processes, nor after a restart. */
    public static KeyRing random() {
        return new KeyRing(List.of(Key.of(randomBytes())));
    }

    /** A new random key as text, to be kept in configuration or a {@link KeyFile}. */
    public static String generateKey() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    }

    private static byte[] randomBytes() {
        byte[] material = new byte[KEY_BYTES];
        RANDOM.nextBytes(material);
        return material;
    }

    /**
     * A ring of configured keys.
     *
     * @param keys base64 or base64url of {@value #KEY_BYTES} bytes each, the current one first, at most
     *     {@value #MAX_KEYS}
     * @throws IllegalArgumentException when one is none, the same key comes twice, or there are none or too many; the
     *     message counts keys from 1 and repeats none
     */
    public static KeyRing of(List<String> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a key ring has 1 to " + MAX_KEYS + " keys, not " + keys.size());
        }
        List<Key> ring = new ArrayList<>();
        for (String text : keys) {
            Key key = Key.of(decode(text, ring.size() + 1));
            if (ring.stream().anyMatch(other -> other.id == key.id)) {
                throw new IllegalArgumentException("key " + (ring.size() + 1) + " is there twice");
            }
            ring.add(key);
        }
        return new KeyRing(ring);
    }

    private static byte[] decode(String text, int number) {
        try {
            byte[] material =
                    Base64.getUrlDecoder().decode(text.strip().replace('+', '-').replace('/', '_'));
            if (material.length == KEY_BYTES) {
                return material;
            }
            Arrays.fill(material, (byte) 0);
        } catch (IllegalArgumentException e) {
            // the exception's own message would repeat characters of a secret
        }
        throw new IllegalArgumentException("key " + number + " is not " + KEY_BYTES + " bytes in base64");
    }

    /**
     * Protects data for one purpose; tokens of another purpose do not open.
     *
     * @param purpose the same text for protecting and opening
     */
    public DataProtector protector(String purpose) {
        return new DataProtector(this, purpose);
    }

    Key current() {
        return keys.get(0);
    }

    Optional<Key> find(int id) {
        return keys.stream().filter(key -> key.id == id).findFirst();
    }

    IdleCiphers ciphers() {
        return ciphers;
    }

    SecureRandom secureRandom() {
        return RANDOM;
    }

    @Override
    public String toString() {
        return "KeyRing" + keys;
    }
}
