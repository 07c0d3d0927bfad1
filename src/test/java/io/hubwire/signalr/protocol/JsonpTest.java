package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonpTest {

    @ParameterizedTest
    @ValueSource(strings = {"cb", "jQuery1720123_456", "a.b.c", "$cb", "a.b$_1", "_", "été", "x9.$"})
    void isValidCallback_identifiers_v16AreAccepted(String callback) {
        assertThat(Jsonp.isValidCallback(callback)).isTrue();
        assertThat(Jsonp.wrap(callback, "{}")).isEqualTo(callback + "({});");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cb[0]",
                "<script>alert(1)</script>",
                "1cb",
                "a b",
                "function",
                "if",
                "a..b",
                ".a",
                "a.",
                "alert(1)",
                "a.this",
                "a-b",
                "a;b",
                "a\u2028"
            })
    void isValidCallback_others_v16AreRefusedAndNotRepeated(String callback) {
        assertThat(Jsonp.isValidCallback(callback)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Jsonp.wrap(callback, "{}"))
                .withMessage("not a JSONP callback: one or more JavaScript identifiers joined by '.' are allowed");
    }

    @Test
    void isValidCallback_oneCharacterTooLong_isRefused() {
        assertThat(Jsonp.isValidCallback("a".repeat(Jsonp.MAX_CALLBACK_LENGTH))).isTrue();
        assertThat(Jsonp.isValidCallback("a".repeat(Jsonp.MAX_CALLBACK_LENGTH + 1)))
                .isFalse();
    }

    @Test
    void wrap_lineSeparators_areEscaped() {
        assertThat(Jsonp.wrap("cb", "[\"\u2028\u2029\"]")).isEqualTo("cb([\"\\u2028\\u2029\"]);");
    }
}
