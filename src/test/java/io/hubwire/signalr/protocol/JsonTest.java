package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

    private static String doubleText(double value) {
        StringBuilder json = new StringBuilder();
        Json.appendDouble(json, value);
        return json.toString();
    }

    private static String floatText(float value) {
        StringBuilder json = new StringBuilder();
        Json.appendFloat(json, value);
        return json.toString();
    }

    private static String decimalText(BigDecimal value) {
        StringBuilder json = new StringBuilder();
        Json.appendDecimal(json, value);
        return json.toString();
    }

    /* --- strings --- */

    @Test
    void quote_specialCharacters_capture05058EscapesTheSameOnes() {
        String special = "\"quotes\" \\ / <b>&amp;'</b> \u2028\u2029 \u00e9\u4e2d\ud83d\ude00 \r\n\t\b\f\u0001\u007f";
        assertThat(Json.quote(special))
                .isEqualTo(
                        "\"\\\"quotes\\\" \\\\ / <b>&amp;'</b> \\u2028\\u2029 \u00e9\u4e2d\ud83d\ude00 \\r\\n\\t\\b\\f\\u0001\u007f\"");
    }

    @Test
    void quote_nextLine_isEscaped() {
        assertThat(Json.quote("a\u0085b")).isEqualTo("\"a\\u0085b\"");
    }

    @Test
    void quote_null_isTheLiteral() {
        assertThat(Json.quote(null)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\ud83db"})
    void quote_loneSurrogate_becomesTheReplacementCharacter(String broken) {
        String json = Json.quote(broken);
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json)
                .contains("\ufffd");
    }

    @Test
    void quote_randomText_isReadBackUnchangedByTheJsonProvider() {
        Random random = new Random(20140509);
        for (int round = 0; round < 2_000; round++) {
            String text = randomText(random);
            String json = Json.quote(text);
            assertThat(json).doesNotContain("\n", "\r");
            assertThat(((JsonString)
                                    READERS.createReader(new StringReader(json)).readValue())
                            .getString())
                    .isEqualTo(text);
            assertThat(RawJson.parse(json).scalarText()).isEqualTo(text);
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(24);
        for (int i = 0; i < length; i++) {
            int codePoint =
                    random.nextInt(4) == 0 ? random.nextInt(Character.MAX_CODE_POINT + 1) : random.nextInt(0x100);
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate ? '/' : codePoint);
        }
        return text.toString();
    }

    /* --- numbers --- */

    @ParameterizedTest
    @CsvSource({
        "1.0,1.0",
        "1.5,1.5",
        "-0.0,0.0",
        "1e21,1E+21",
        "1e-7,1E-07",
        "1.7976931348623157E308,1.7976931348623157E+308",
        "0.1,0.1",
        "100.0,100.0",
        "-2.5,-2.5",
        "-1e21,-1E+21",
        "1e14,100000000000000.0",
        "1e15,1E+15",
        "123456789012345.0,123456789012345.0",
        "0.0001,0.0001",
        "0.00001,1E-05",
        "1e300,1E+300",
        "1e-300,1E-300",
        "1.25e20,1.25E+20",
        "12.75,12.75",
        "0.30000000000000004,0.30000000000000004",
        "1234567890123456.5,1234567890123456.5",
        "9007199254740993,9007199254740992.0"
    })
    void appendDouble_captured_capture05025HasTheSameText(double value, String text) {
        assertThat(doubleText(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1.0",
        "0.1,0.1",
        "3.4028235E38,3.40282347E+38",
        "3.0E10,3E+10",
        "-0.0,0.0",
        "16777216,16777216.0",
        "1e-5,1E-05",
        "999999,999999.0"
    })
    void appendFloat_captured_capture05026HasTheSameText(float value, String text) {
        assertThat(floatText(value)).isEqualTo(text);
    }

    @Test
    void appendDouble_notFinite_capture05024WritesAString() {
        assertThat(doubleText(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(doubleText(Double.POSITIVE_INFINITY)).isEqualTo("\"Infinity\"");
        assertThat(doubleText(Double.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
        assertThat(floatText(Float.NaN)).isEqualTo("\"NaN\"");
        assertThat(floatText(Float.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1,1.0",
        "1.0,1.0",
        "1.50,1.50",
        "79228162514264337593543950335,79228162514264337593543950335.0",
        "12.30,12.30",
        "-3,-3.0",
        "0,0.0",
        "1E+3,1000.0"
    })
    void appendDecimal_anyScale_keepsIt(BigDecimal value, String text) {
        assertThat(decimalText(value)).isEqualTo(text);
    }

    @Test
    void appendDecimal_hugeExponent_staysShort() {
        assertThat(decimalText(new BigDecimal("1E+1000000000"))).isEqualTo("1E+1000000000");
        assertThat(decimalText(new BigDecimal("1E-1000000000"))).isEqualTo("1E-1000000000");
    }

    @Test
    void appendDouble_randomBits_readsBackTheSameNumber() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = doubleText(value);
                assertThat(Double.parseDouble(text)).isEqualTo(value);
                assertThat(RawJson.parse(text).kind()).isEqualTo(RawJson.Kind.NUMBER);
            }
        }
    }

    @Test
    void appendFloat_randomBits_readsBackTheSameNumber() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(Float.parseFloat(floatText(value))).isEqualTo(value);
            }
        }
    }

    /* --- HTML --- */

    @Test
    void escapeHtml_tags_v63AreEscaped() {
        assertThat(Json.escapeHtml("{\"R\":\"<script>\"}")).isEqualTo("{\"R\":\"\\u003cscript\\u003e\"}");
        assertThat(Json.escapeHtml("{\"R\":1}")).isEqualTo("{\"R\":1}");
    }
}
