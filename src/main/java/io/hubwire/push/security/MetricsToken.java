package io.hubwire.push.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a scraper of the counters shows, which cannot sign in.
 *
 * @param secret at least {@value #MIN_LENGTH} characters, printed nowhere; empty for none, and then no token matches
 */
public record MetricsToken(Optional<String> secret) {

    /** Shorter ones could be guessed. */
    public static final int MIN_LENGTH = 16;

    /** Refuses a short one, without repeating it. */
    public MetricsToken {
        if (secret.isPresent() && secret.get().length() < MIN_LENGTH) {
            throw new IllegalArgumentException("hubwire.metrics.token must have at least " + MIN_LENGTH
                    + " characters, not " + secret.get().length());
        }
    }

    /** Takes the same time whether the token differs in its first or in its last character. */
    public boolean matches(String token) {
        return secret.isPresent() && MessageDigest.isEqual(bytes(secret.get()), bytes(token));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "MetricsToken[" + (secret.isPresent() ? "set" : "none") + "]";
    }
}
