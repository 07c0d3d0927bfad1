package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LineTextTest {

    @Test
    void text_withLineEndsAndControls_isOneLine() {
        assertThat(LineText.of("a\r\nERROR b\u2028c\u0085d\u001b[31me\tf\u202Eg\u0000\u007f"))
                .isEqualTo("a\\r\\nERROR b\\u2028c\\u0085d\\u001b[31me\\tf\\u202eg\\u0000\\u007f");
    }

    @Test
    void text_withoutThem_isItself() {
        String text = "plain text, \"Grüße\" 😀 \\n";

        assertThat(LineText.of(text)).isSameAs(text);
    }

    @Test
    void text_atTheLimit_isWhole() {
        assertThat(LineText.of("x".repeat(2000))).isEqualTo("x".repeat(2000));
    }

    @Test
    void text_overTheLimit_isCutAndSaysSo() {
        assertThat(LineText.of("x".repeat(2001))).isEqualTo("x".repeat(2000) + "… (of 2001 characters)");
        assertThat(LineText.of("\u0000".repeat(2000))).hasSizeLessThan(2040).endsWith("… (of 2000 characters)");
        assertThat(LineText.of("x".repeat(1999) + "😀")).isEqualTo("x".repeat(1999) + "… (of 2001 characters)");
    }

    @Test
    void failure_withLineEnds_isOneLineForEachThrowable() {
        Exception failure = new IllegalStateException("outer", new IllegalArgumentException("in\nner"));
        failure.addSuppressed(new IllegalStateException("\rforged"));

        StringWriter printed = new StringWriter();
        FailureText.inLines(failure).printStackTrace(new PrintWriter(printed, true));

        assertThat(printed.toString())
                .contains("java.lang.IllegalStateException: outer")
                .contains("Caused by: java.lang.IllegalArgumentException: in\\nner")
                .contains("Suppressed: java.lang.IllegalStateException: \\rforged")
                .contains("LineTextTest.failure_withLineEnds");
    }

    @Test
    void failure_withoutThem_isItself() {
        Exception failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));

        assertThat(FailureText.inLines(failure)).isSameAs(failure);
        assertThat(FailureText.inLines(null)).isNull();
    }

    @Test
    void failure_withCausesInACircle_hasAnEnd() {
        Exception outer = new IllegalStateException("outer");
        outer.initCause(new IllegalArgumentException("inner", outer));

        assertThat(FailureText.of(outer)).hasSizeLessThan(2000).contains("outer", "inner");
        assertThat(FailureText.inLines(outer)).hasToString("java.lang.IllegalStateException: outer");
    }
}
