package io.hubwire.signalr.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageRatesTest {
    private final Metrics metrics = new Metrics();
    private long nanos;
    private final MessageRates rates = new MessageRates(metrics, () -> nanos);

    @Test
    void current_beforeAnyTimeHasPassed_isEmpty() {
        assertThat(rates.current()).isEmpty();
    }

    @Test
    void current_goesBackToTheSampleBeforeTheLast() {
        metrics.add(Counter.ERRORS_ALL, 1_000); // long ago
        pass(5);
        rates.sample();
        metrics.add(Counter.ERRORS_ALL, 10);
        pass(5);
        rates.sample();
        metrics.add(Counter.ERRORS_ALL, 8);
        pass(1);

        assertThat(rates.current()).containsEntry("Errors: All/Sec", 3.0); // 18 in 6 s
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
