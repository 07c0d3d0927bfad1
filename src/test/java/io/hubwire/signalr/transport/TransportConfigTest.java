package io.hubwire.signalr.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransportConfigTest {
    private static final Set<TransportKind> ALL = Set.of(TransportKind.values());

    @Test
    void defaults_areTheOriginals() {
        TransportConfig config = TransportConfig.defaults();

        assertThat(config.transports()).isEqualTo(ALL);
        assertThat(config.keepAlive()).contains(Duration.ofSeconds(10));
        assertThat(config.keepAliveTimeout()).contains(Duration.ofSeconds(20));
        assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retention()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void keepAliveOff_derivesFromTheDisconnectTimeout() {
        TransportConfig config = config(30_000, Optional.empty(), 0);

        assertThat(config.keepAliveTimeout()).isEmpty();
        assertThat(config.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retention()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void disconnectTimeout_below6s_isRefusedWithTheValue() {
        assertThat(config(6_000, Optional.of(2_000L), 0).disconnectTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(5_999, Optional.empty(), 0))
                .withMessage("DisconnectTimeout must be at least six seconds: PT5.999S");
    }

    @Test
    void keepAlive_outsideOfItsRange_isRefusedWithTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(30_000, Optional.of(1_999L), 0))
                .withMessage("KeepAlive value must be at least two seconds: PT1.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(30_000, Optional.of(10_001L), 0))
                .withMessage(
                        "KeepAlive value must be no more than a third of the DisconnectTimeout: PT10.001S of PT30S");
    }

    @Test
    void longPollDelay_negative_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> config(30_000, Optional.empty(), -1));
    }

    @Test
    void transports_none_isRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransportConfig(
                        Set.of(), second, second, Duration.ofSeconds(30), Optional.empty(), Duration.ZERO));
    }

    private static TransportConfig config(long disconnectMillis, Optional<Long> keepAliveMillis, long delayMillis) {
        return new TransportConfig(
                ALL,
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                Duration.ofMillis(disconnectMillis),
                keepAliveMillis.map(Duration::ofMillis),
                Duration.ofMillis(delayMillis));
    }
}
