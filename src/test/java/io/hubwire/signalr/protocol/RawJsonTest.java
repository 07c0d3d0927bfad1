package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|OBJECT|1",
                "[]|ARRAY|1",
                "\"x\"|STRING|0",
                "-1.5e3|NUMBER|0",
                "true|BOOLEAN|0",
                "false|BOOLEAN|0",
                "null|NULL|0",
                "[{\"a\":[1]},2]|ARRAY|3"
            })
    void parse_anyValue_knowsKindAndDepth(String text, RawJson.Kind kind, int depth) {
        RawJson json = RawJson.parse(text);
        assertThat(json.kind()).isEqualTo(kind);
        assertThat(json.depth()).isEqualTo(depth);
        assertThat(json.text()).isEqualTo(text);
    }

    @Test
    void text_whitespaceBetweenTokens_isLeftOut() {
        RawJson json = RawJson.parse(" { \"a b\\\" \" :\n[ 1 ,\t\"\\\\\" , { } ] }\r\n");
        assertThat(json.text()).isEqualTo("{\"a b\\\" \":[1,\"\\\\\",{}]}");
        assertThat(json.utf8()).asString().isEqualTo(json.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "[1,]",
                "{\"a\":1,}",
                "/*c*/1",
                "'a'",
                "NaN",
                "0x10",
                "01",
                "1.",
                "+1",
                ".5",
                "[1 2]",
                "{\"a\" 1}",
                "{a:1}",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "[",
                "{\"a\":",
                "[1",
                "\"a",
                "[] []",
                "[]x",
                "]",
                "1 1",
                "\ufeff[]",
                "{\"a\":1]",
                "Infinity",
                "-"
            })
    void parse_notJson_isRefused(String text) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> RawJson.parse(text));
    }

    @Test
    void parse_deepestNesting_isAcceptedAndOneMoreRefused() {
        int limit = JsonSlicer.MAX_NESTING;
        assertThat(RawJson.parse("[".repeat(limit) + "]".repeat(limit)).depth()).isEqualTo(limit);
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> RawJson.parse("[".repeat(limit + 1) + "]".repeat(limit + 1)))
                .withMessage("Nested deeper than 100 levels.");
    }

    @Test
    void scalarText_escapes_areDecoded() {
        assertThat(RawJson.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é\"")
                        .scalarText())
                .isEqualTo("\"\\/\b\f\n\r\té😀é");
        assertThat(RawJson.parse("-1.50").scalarText()).isEqualTo("-1.50");
        assertThatIllegalStateException().isThrownBy(() -> RawJson.parse("[]").scalarText());
    }

    @Test
    void scalarText_escapeBehindTheSlice_isNotRead() {
        HubRequest request = HubRequest.parse("{\"H\":\"h\",\"M\":\"m\",\"A\":[\"plain\",\"esc\\n\"]}");
        assertThat(request.args().get(0).scalarText()).isEqualTo("plain");
        assertThat(request.args().get(1).scalarText()).isEqualTo("esc\n");
    }

    @Test
    void parse_numberAtTheEnd_isCutOutWhole() {
        assertThat(RawJson.parse(" 12").text()).isEqualTo("12");
        assertThat(RawJson.parse("\n-1.5e3").text()).isEqualTo("-1.5e3");
        assertThat(RawJson.parse("0").text()).isEqualTo("0");
    }

    @Test
    void parse_valuesAcrossTheParsersBuffers_areCutOutWhole() {
        String tail = ",12345,-1.5e10,true,\"a\\u00e9\\n\",null,[1,2],{\"b\":3}]";
        for (int padding = 4000; padding < 4200; padding++) {
            String text = "{\"H\":\"h\",\"M\":\"m\",\"A\":[\"" + "x".repeat(padding) + "\"" + tail + "}";
            assertThat(HubRequest.parse(text).args().stream().skip(1).map(RawJson::text))
                    .containsExactly("12345", "-1.5e10", "true", "\"a\\u00e9\\n\"", "null", "[1,2]", "{\"b\":3}");
        }
    }

    @Test
    void equals_sameTextWithoutWhitespace_isEqual() {
        assertThat(RawJson.parse("[1, 2]")).isEqualTo(RawJson.parse("[1,2]")).hasSameHashCodeAs(RawJson.parse("[1,2]"));
        assertThat(RawJson.parse("1.0")).isNotEqualTo(RawJson.parse("1"));
        assertThat(RawJson.parse("null")).isEqualTo(RawJson.NULL);
    }

    @Test
    void ofString_anyText_isQuoted() {
        assertThat(RawJson.ofString("a\"b").text()).isEqualTo("\"a\\\"b\"");
        assertThat(RawJson.ofString(null)).isSameAs(RawJson.NULL);
    }
}
