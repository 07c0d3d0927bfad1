package io.hubwire.push.domain;

/** Turns passwords into what may be stored. Slow on purpose: a call costs the same whatever its arguments. Thread-safe. */
public interface PasswordHasher {

    String hash(String password);

    /**
     * Whether the hash was made of this password.
     *
     * @param hash from {@link #hash}; anything else matches no password
     */
    boolean matches(String password, String hash);
}
