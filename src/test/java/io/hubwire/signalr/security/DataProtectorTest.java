package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DataProtectorTest {
    private final KeyRing keys = KeyRing.random();
    private final DataProtector protector = keys.protector("purpose");

    @Test
    void protect_anyData_opensAgain() {
        Random random = new Random(1);
        for (int length = 0; length < 200; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            String token = protector.protect(data);
            assertThat(token).matches("[A-Za-z0-9_-]+");
            assertThat(protector.unprotect(token)).hasValue(data);
        }
    }

    @Test
    void protect_byManyThreadsAtOnce_opensAgain() {
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            byte[] data = Integer.toString(i).getBytes(UTF_8);
            assertThat(protector.unprotect(protector.protect(data))).hasValue(data);
        });
    }

    @Test
    void unprotect_afterAForgedOne_opensTheNext() {
        String token = protector.protect(new byte[8]);
        for (int i = 0; i < 100; i++) {
            assertThat(KeyRing.random().protector("purpose").unprotect(token)).isEmpty();
            assertThat(keys.protector("other").unprotect(token)).isEmpty();
            assertThat(protector.unprotect(token)).hasValue(new byte[8]);
        }
    }

    @Test
    void protect_sameDataTwice_makesTwoTokens() {
        assertThat(protector.protect(new byte[8])).isNotEqualTo(protector.protect(new byte[8]));
    }

    @Test
    void unprotect_otherPurpose_v24IsEmpty() {
        assertThat(keys.protector("other").unprotect(protector.protect(new byte[8])))
                .isEmpty();
        assertThat(keys.protector("").unprotect(protector.protect(new byte[8]))).isEmpty();
    }

    @Test
    void unprotect_otherKeys_isEmpty() {
        assertThat(KeyRing.random().protector("purpose").unprotect(protector.protect(new byte[8])))
                .isEmpty();
    }

    @Test
    void unprotect_anyCharacterChanged_isEmpty() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int length = 0; length < 4; length++) {
            String token =
                    protector.protect("abc".substring(0, Math.min(length, 3)).getBytes(UTF_8));
            for (int i = 0; i < token.length(); i++) {
                for (int j = 0; j < alphabet.length(); j++) {
                    char c = alphabet.charAt(j);
                    if (c != token.charAt(i)) {
                        assertThat(protector.unprotect(token.substring(0, i) + c + token.substring(i + 1)))
                                .isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "abc",
                "a",
                "AQ",
                "!!!!",
                "AQAAAAA",
                "a b",
                "\u00e9",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void unprotect_garbage_v21IsEmpty(String token) {
        assertThat(protector.unprotect(token)).isEmpty();
    }

    @Test
    void unprotect_randomBytes_isEmpty() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 5) {
                bytes[0] = 1;
                byte[] ours = Base64.getUrlDecoder().decode(protector.protect(new byte[0]));
                System.arraycopy(ours, 0, bytes, 0, 5); // a known version and key id lets it come as far as the cipher
            }
            assertThat(protector.unprotect(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .isEmpty();
        }
    }

    @Test
    void unprotect_paddedOrCutToken_isEmpty() {
        String token = protector.protect(new byte[7]);
        assertThat(protector.unprotect(token + "=")).isEmpty();
        for (int length = 0; length < token.length(); length++) {
            assertThat(protector.unprotect(token.substring(0, length))).isEmpty();
        }
    }

    @Test
    void protect_oneByteTooMany_isRefused() {
        String longest = protector.protect(new byte[DataProtector.MAX_DATA_BYTES]);
        assertThat(longest.length()).isLessThanOrEqualTo(DataProtector.MAX_TOKEN_LENGTH);
        assertThat(protector.unprotect(longest)).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protector.protect(new byte[DataProtector.MAX_DATA_BYTES + 1]))
                .withMessage("49120 bytes do not fit into a token, at most 49119 do");
    }

    @Test
    void unprotect_oneCharacterTooLong_isNotLookedAt() {
        assertThat(protector.unprotect("A".repeat(DataProtector.MAX_TOKEN_LENGTH + 1)))
                .isEmpty();
    }
}
