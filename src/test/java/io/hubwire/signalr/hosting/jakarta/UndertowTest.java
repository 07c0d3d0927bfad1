package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UndertowTest {

    @Test
    void pinging_byDefault_comesWellBeforeTheReadTimeout() {
        assertThat(Undertow.pinging(HostingOptions.DEFAULTS).pingInterval())
                .hasValueSatisfying(interval -> assertThat(interval).isLessThanOrEqualTo(Duration.ofSeconds(45)));
    }

    @Test
    void pinging_whereAnIntervalIsChosen_keepsIt() {
        HostingOptions chosen = HostingOptions.DEFAULTS.withPingInterval(Duration.ofMinutes(5));

        assertThat(Undertow.pinging(chosen)).isSameAs(chosen);
    }
}
