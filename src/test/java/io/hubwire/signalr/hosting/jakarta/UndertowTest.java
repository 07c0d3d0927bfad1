package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndertowTest {

    @Test
    void pinging_byDefault_comesWellBeforeTheReadTimeout() {
        assertThat(Undertow.pinging(HostingOptions.DEFAULTS).pingInterval())
                .hasValueSatisfying(interval -> assertThat(interval).isLessThanOrEqualTo(Duration.ofSeconds(45)));
    }

    @Test
    void pinging_whereAnIntervalIsChosen_keepsIt() {
        HostingOptions chosen = HostingOptions.DEFAULTS
                .with()
                .pingInterval(Optional.of(Duration.ofMinutes(5)))
                .build();

        assertThat(Undertow.pinging(chosen)).isSameAs(chosen);
    }
}
