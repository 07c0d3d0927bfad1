package io.hubwire.push.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BcryptPasswordHasherTest {
    private final BcryptPasswordHasher hasher = new BcryptPasswordHasher(4);

    @Test
    void matches_samePassword_only() {
        String hash = hasher.hash("correct horse");

        assertThat(hasher.matches("correct horse", hash)).isTrue();
        assertThat(hasher.matches("correct horsE", hash)).isFalse();
        assertThat(hasher.matches("", hash)).isFalse();
    }

    @Test
    void hash_samePassword_differsByItsSalt() {
        assertThat(hasher.hash("x")).isNotEqualTo(hasher.hash("x"));
    }

    @Test
    void matches_beyondTheBytesOfBcrypt_stillCounts() {
        String hash = hasher.hash("a".repeat(80) + "b");

        assertThat(hasher.matches("a".repeat(80) + "b", hash)).isTrue();
        assertThat(hasher.matches("a".repeat(80) + "c", hash)).isFalse();
    }

    @Test
    void matches_noHash_isFalse() {
        assertThat(hasher.matches("x", "no hash")).isFalse();
    }

    @Test
    void new_costOutOfRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BcryptPasswordHasher(3))
                .withMessageContaining("4 to 31, not 3");
    }
}
