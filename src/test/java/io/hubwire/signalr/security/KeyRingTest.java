package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final byte[] DATA = "data".getBytes(UTF_8);

    @Test
    void rotation_oldTokens_openUntilTheirKeyIsDropped() {
        String oldKey = KeyRing.generateKey();
        String newKey = KeyRing.generateKey();
        String oldToken = KeyRing.of(List.of(oldKey)).protector("p").protect(DATA);

        KeyRing rotated = KeyRing.of(List.of(newKey, oldKey));
        assertThat(rotated.protector("p").unprotect(oldToken)).hasValue(DATA);
        String newToken = rotated.protector("p").protect(DATA);
        assertThat(KeyRing.of(List.of(newKey)).protector("p").unprotect(newToken))
                .hasValue(DATA);
        assertThat(KeyRing.of(List.of(newKey)).protector("p").unprotect(oldToken))
                .isEmpty();
        assertThat(KeyRing.of(List.of(oldKey)).protector("p").unprotect(newToken))
                .isEmpty();
    }

    @Test
    void of_sameKeys_opensTokensOfAnotherNode() {
        String key = KeyRing.generateKey();
        String token = KeyRing.of(List.of(key)).protector("p").protect(DATA);
        assertThat(KeyRing.of(List.of(" " + key.replace('-', '+').replace('_', '/') + "= "))
                        .protector("p")
                        .unprotect(token))
                .hasValue(DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret!secret", "c2hvcnQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void of_noKey_isRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(List.of(KeyRing.generateKey(), text)))
                .withMessage("key 2 is not 32 bytes in base64");
    }

    @Test
    void of_sameKeyTwice_isRefused() {
        String key = KeyRing.generateKey();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(List.of(key, key)))
                .withMessage("key 2 is there twice");
    }

    @Test
    void of_noneOrOneTooMany_isRefused() {
        List<String> keys = new ArrayList<>(
                Stream.generate(KeyRing::generateKey).limit(KeyRing.MAX_KEYS).toList());
        assertThat(KeyRing.of(keys)).isNotNull();
        keys.add(KeyRing.generateKey());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of(keys))
                .withMessage("a key ring has 1 to 16 keys, not 17");
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(List.of()));
    }

    @Test
    void toString_ofARing_showsNoKey() {
        String key = KeyRing.generateKey();
        assertThat(KeyRing.of(List.of(key)).toString())
                .matches("KeyRing\\[Key\\[[0-9a-f]+]]")
                .doesNotContain(key);
    }
}
