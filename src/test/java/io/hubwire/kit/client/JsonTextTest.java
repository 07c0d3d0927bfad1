package io.hubwire.kit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @Test
    void parse_keepsOrderNumbersAndRepeatedKeys() {
        JsonText json = JsonText.parse(" {\"b\":1.0,\"a\":[1E+21,null,true],\"b\":{}} ");

        assertThat(json.names()).containsExactly("b", "a", "b");
        assertThat(json.get("b").orElseThrow().raw()).isEqualTo("1.0");
        assertThat(json.get("a").orElseThrow().elements())
                .extracting(JsonText::raw)
                .containsExactly("1E+21", "null", "true");
    }

    @Test
    void text_resolvesEscapes() {
        assertThat(JsonText.parse("\"\\u00e9\\n\\\"\\\\\\/\"").text()).isEqualTo("é\n\"\\/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{'a':1}",
                "01",
                "1.",
                "+1",
                "nul",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "//x\n1",
                "\"\t\""
            })
    void parse_refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not JSON");
        assertThat(JsonText.tryParse(text)).isEmpty();
    }

    @Test
    void write_isCompactAndReadable() {
        String written =
                JsonText.write(Arrays.asList(1, "a\"\\\n", null, Map.of("k", List.of(true)), new Object[] {2.5}));

        assertThat(written).isEqualTo("[1,\"a\\\"\\\\\\u000a\",null,{\"k\":[true]},[2.5]]");
        assertThat(JsonText.parse(written).elements()).hasSize(5);
    }
}
