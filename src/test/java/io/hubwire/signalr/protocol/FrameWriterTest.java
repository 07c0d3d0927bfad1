package io.hubwire.signalr.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {

    @Test
    void toUtf8_initFrame_v31IsExact() {
        assertThat(FrameWriter.at("d-1").initializing().toUtf8())
                .asString()
                .isEqualTo("{\"C\":\"d-1\",\"S\":1,\"M\":[]}");
    }

    @Test
    void toUtf8_terminalFrames_v83AndV89AreExact() {
        assertThat(FrameWriter.at("d-1").toUtf8()).asString().isEqualTo("{\"C\":\"d-1\",\"M\":[]}");
        assertThat(FrameWriter.at("d-1").shutdown().toUtf8()).asString().isEqualTo("{\"C\":\"d-1\",\"T\":1,\"M\":[]}");
    }

    @Test
    void toUtf8_delay_v84IsInMillisecondsAndAbsentWhenZero() {
        assertThat(FrameWriter.at("c").longPollDelay(Duration.ofMillis(500)).toUtf8())
                .asString()
                .isEqualTo("{\"C\":\"c\",\"L\":500,\"M\":[]}");
        assertThat(FrameWriter.at("c").longPollDelay(Duration.ZERO).toUtf8())
                .asString()
                .isEqualTo("{\"C\":\"c\",\"M\":[]}");
    }

    @Test
    void toUtf8_everything_isInTheDocumentedOrder() {
        byte[] frame = FrameWriter.at("c")
                .message("{\"a\":\"é😀\"}".getBytes(UTF_8))
                .messages(List.of("1".getBytes(UTF_8), "\"hey\"".getBytes(UTF_8)))
                .longPollDelay(Duration.ofSeconds(1))
                .groups("g_-")
                .shutdown()
                .initializing()
                .toUtf8();
        assertThat(frame)
                .asString(UTF_8)
                .isEqualTo("{\"C\":\"c\",\"S\":1,\"T\":1,\"G\":\"g_-\",\"L\":1000,\"M\":[{\"a\":\"é😀\"},1,\"hey\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a b", "é", "a\n"})
    void at_textThatWouldNeedEscapes_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FrameWriter.at(text));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameWriter.at("c").groups(text));
    }
}
