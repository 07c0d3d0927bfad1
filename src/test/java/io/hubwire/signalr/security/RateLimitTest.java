package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long nanos = Long.MAX_VALUE - 1000; // a clock may begin anywhere, and pass the end of its numbers

    private RateLimit limit(int most, int maxKeys) {
        return new RateLimit(most, SECOND, maxKeys, () -> nanos);
    }

    @Test
    void use_asOftenAsAllowed_isAllowed_andOnceMoreIsNot() {
        RateLimit limit = limit(5, 10);
        for (int i = 0; i < 5; i++) {
            assertThat(limit.use("a")).isEmpty();
        }

        assertThat(limit.use("a")).contains(Duration.ofMillis(200));
        assertThat(limit.use("b")).isEmpty();
    }

    @Test
    void use_afterTheWait_isAllowedOnce() {
        RateLimit limit = limit(5, 10);
        while (limit.use("a").isEmpty()) {}
        nanos += Duration.ofMillis(199).toNanos();
        assertThat(limit.use("a")).contains(Duration.ofMillis(1));
        nanos += Duration.ofMillis(1).toNanos();

        assertThat(limit.use("a")).isEmpty();
        assertThat(limit.use("a")).contains(Duration.ofMillis(200));
    }

    @Test
    void use_atRandomTimes_isNeverMoreThanTheBurstAndTheRate() {
        Random random = new Random(7);
        RateLimit limit = limit(10, 10);
        long start = nanos;
        int allowed = 0;
        for (int i = 0; i < 20_000; i++) {
            nanos += random.nextInt(30_000_000);
            allowed += limit.use("a").isEmpty() ? 1 : 0;
            assertThat((long) allowed).isLessThanOrEqualTo(10 + (nanos - start) / 100_000_000 + 1);
        }
        assertThat((long) allowed).isGreaterThan((nanos - start) / 100_000_000 - 10);
    }

    @Test
    void use_byManyThreads_isAllowedExactlyAsOftenAsItMay() {
        RateLimit limit = limit(500, 10);
        AtomicInteger allowed = new AtomicInteger();

        IntStream.range(0, 10_000).parallel().forEach(i -> {
            if (limit.use("a").isEmpty()) {
                allowed.incrementAndGet();
            }
        });

        assertThat(allowed).hasValue(500);
    }

    @Test
    void keys_oneMoreThanAreRemembered_areForgotten() {
        RateLimit limit = limit(1, 100);
        for (int i = 0; i < 100; i++) {
            assertThat(limit.use("key" + i)).isEmpty();
        }
        assertThat(limit.use("key0")).isPresent();
        assertThat(limit.size()).isEqualTo(100);

        assertThat(limit.use("one more")).isEmpty();

        assertThat(limit.size()).isEqualTo(100);
    }

    @Test
    void keys_thatHaveTheirAllowanceBack_areForgottenFirst() {
        RateLimit limit = limit(1, 100);
        for (int i = 0; i < 100; i++) {
            limit.use("old" + i);
        }
        nanos += SECOND.toNanos();

        limit.use("new");

        assertThat(limit.size()).isEqualTo(1);
        assertThat(limit.use("new")).isPresent();
    }

    @Test
    void nonsense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(0, SECOND, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, SECOND, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(11, Duration.ofNanos(10), 1));
    }
}
