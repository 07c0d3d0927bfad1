package io.hubwire.signalr.security;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.crypto.Cipher;

/**
 * Ciphers between two uses. To look one up among all providers costs several times as much as to open a token with it, and every request opens one. Safe for
 * any thread; never blocks.
 */
final class IdleCiphers {
    private static final int MOST = 16;

    private final BlockingQueue<Cipher> idle = new ArrayBlockingQueue<>(MOST);

    /** One that nobody else has; it must be initialized. */
    Cipher take() throws GeneralSecurityException {
        Cipher cipher = idle.poll();
        return cipher != null ? cipher : Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** For the next; without effect when there are enough. */
    void giveBack(Cipher cipher) {
        idle.offer(cipher);
    }
}
