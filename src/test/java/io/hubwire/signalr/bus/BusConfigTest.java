package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BusConfigTest {
    private static final BusConfig DEFAULTS = BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));

    @Test
    void forTimeouts_keepsMessagesTwiceAsLongAsAClientMayBeAway() {
        assertThat(DEFAULTS.tailAge()).isEqualTo(Duration.ofSeconds(80));
        assertThat(DEFAULTS.messageBufferSize()).isEqualTo(1000);
        assertThat(DEFAULTS.acknowledgementTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DEFAULTS.loops()).isBetween(1, 8);
    }

    @Test
    void with_changesOnlyWhatIsNamed() {
        assertThat(DEFAULTS.with().build()).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with().maxBacklog(7).build().maxBacklog()).isEqualTo(7);
        assertThat(DEFAULTS.with()
                        .maxBacklog(7)
                        .build()
                        .with()
                        .maxBacklog(DEFAULTS.maxBacklog())
                        .build())
                .isEqualTo(DEFAULTS);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                impossible("messageBufferSize must be at least 32: 31", config -> config.messageBufferSize(31)),
                impossible("tailBytes must be at least 40: 39", config -> config.maxMessageBytes(10)
                        .tailBytes(39)),
                impossible("tailBytes must be at least 40: 39", config -> config.tailBytes(39)
                        .maxMessageBytes(10)),
                impossible("maxMessageBytes must be at least 1: 0", config -> config.maxMessageBytes(0)),
                impossible("maxTopics must be at least 1: 0", config -> config.maxTopics(0)),
                impossible("maxBacklog must be at least 1: 0", config -> config.maxBacklog(0)),
                impossible(
                        "maxPendingAcknowledgements must be at least 1: 0",
                        config -> config.maxPendingAcknowledgements(0)),
                impossible("loops must be at least 1: 0", config -> config.loops(0)),
                impossible("tailAge must be more than zero: PT0S", config -> config.tailAge(Duration.ZERO)),
                impossible(
                        "acknowledgementTimeout must be more than zero: PT-1S",
                        config -> config.acknowledgementTimeout(Duration.ofSeconds(-1))),
                impossible("sweepInterval must be more than zero: PT0S", config -> config.sweepInterval(Duration.ZERO)),
                impossible(
                        "aheadPatience must not be negative: PT-1S",
                        config -> config.aheadPatience(Duration.ofSeconds(-1))));
    }

    private static Arguments impossible(String message, UnaryOperator<BusConfig.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void build_impossibleValue_isRefusedWithTheLimit(String message, UnaryOperator<BusConfig.Builder> change) {
        assertThatThrownBy(() -> change.apply(DEFAULTS.with()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
