package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0-0",
        "1, 36, 1-10",
        "1099511627775, 1000000, e13wu1of-lfls",
        "9223372036854775807, 1, 1y2p0ij32e8e7-1"
    })
    void text_isShortAndReadsBack(long epoch, long offset, String text) {
        Cursor cursor = new Cursor(epoch, offset);
        assertThat(cursor.text()).isEqualTo(text).hasSizeLessThanOrEqualTo(27);
        assertThat(Cursor.parse(cursor.text())).hasValue(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "1--1",
                "A-1",
                "1-1-1",
                " 1-1",
                "1-1\n",
                "zzzzzzzzzzzzz-1",
                "1-00000000000000",
                "1-٣"
            })
    void parse_anythingElse_isEmpty(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void negativeNumbers_areRefused() {
        assertThatThrownBy(() -> new Cursor(-1, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Cursor(0, -1)).hasMessageContaining("-1");
    }
}
