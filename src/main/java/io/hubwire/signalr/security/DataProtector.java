package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Closes data into tokens that only the same key ring opens, for the same purpose (protocol §3.3). AES-256-GCM: nobody
 * else can read, change or make one. Safe for any thread.
 *
 * <pre>
 * token = base64url(version 1 | key id 4 | nonce 12 | ciphertext n | tag 16), alphabet A–Z a–z 0–9 - _, no padding
 * </pre>
 *
 * <p>The purpose and the clear bytes in front are authenticated with it. One token has one spelling.
 */
public final class DataProtector {

    /** Longest token that is looked at, in characters. */
    public static final int MAX_TOKEN_LENGTH = 65_536;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

    /** Most bytes that fit into a token. */
    public static final int MAX_DATA_BYTES = MAX_TOKEN_LENGTH / 4 * 3 - HEADER_BYTES - TAG_BYTES;

    private final KeyRing keys;
    private final byte[] purpose;

    DataProtector(KeyRing keys, String purpose) {
        this.keys = keys;
        this.purpose = purpose.getBytes(UTF_8);
    }

    /**
     * Closes data into a token. Two tokens of the same data differ.
     *
     * @throws IllegalArgumentException beyond {@link #MAX_DATA_BYTES}
     */
    public String protect(byte[] data) {
        if (data.length > MAX_DATA_BYTES) {
            throw new IllegalArgumentException(
                    data.length + " bytes do not fit into a token, at most " + MAX_DATA_BYTES + " do");
        }
        KeyRing.Key key = keys.current();
        byte[] nonce = new byte[NONCE_BYTES];
        keys.secureRandom().nextBytes(nonce);
        ByteBuffer token = ByteBuffer.allocate(HEADER_BYTES + data.length + TAG_BYTES);
        token.put(VERSION).putInt(key.id()).put(nonce);
        try {
            Cipher cipher = keys.ciphers().take();
            initialize(cipher, Cipher.ENCRYPT_MODE, key.secret(), token.array());
            cipher.doFinal(ByteBuffer.wrap(data), token);
            keys.ciphers().giveBack(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM/NoPadding must work on every Java platform", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /**
     * Opens a token.
     *
     * @param token anything at all; null and what is too long are not looked at
     * @return empty for everything that a key of this ring has not closed for this purpose
     */
    public Optional<byte[]> unprotect(String token) {
        return decode(token).flatMap(this::open);
    }

    private static Optional<byte[]> decode(String token) {
        if (token == null || token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes)
                    .equals(token);
            return canonical ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> open(byte[] token) {
        if (token.length < HEADER_BYTES + TAG_BYTES || token[0] != VERSION) {
            return Optional.empty();
        }
        return keys.find(ByteBuffer.wrap(token).getInt(1)).flatMap(key -> decrypt(key, token));
    }

    private Optional<byte[]> decrypt(KeyRing.Key key, byte[] token) {
        try {
            Cipher cipher = keys.ciphers().take();
            initialize(cipher, Cipher.DECRYPT_MODE, key.secret(), token);
            byte[] data = cipher.doFinal(token, HEADER_BYTES, token.length - HEADER_BYTES);
            keys.ciphers().giveBack(cipher); // not after a failure: what state that leaves is the provider's affair
            return Optional.of(data);
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM/NoPadding must work on every Java platform", e);
        }
    }

    /** Prepares a cipher for a token whose header is in place. */
    private void initialize(Cipher cipher, int mode, SecretKey key, byte[] token) throws GeneralSecurityException {
        int nonceOffset = HEADER_BYTES - NONCE_BYTES;
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, token, nonceOffset, NONCE_BYTES));
        cipher.updateAAD(token, 0, nonceOffset);
        cipher.updateAAD(purpose);
    }
}
