package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConnectionGapTest {
    @Test
    void toString_ofAKnownGap_saysHowManyAndBetweenWhichOffsets() {
        assertThat(new ConnectionGap(OptionalLong.of(21), 28, OptionalLong.of(7)))
                .hasToString("7 after offset 21, up to 28");
    }

    @Test
    void toString_withoutCursor_saysWhatIsUnknown() {
        assertThat(new ConnectionGap(OptionalLong.empty(), 28, OptionalLong.empty()))
                .hasToString("unknown after offset unknown, up to 28");
    }
}
