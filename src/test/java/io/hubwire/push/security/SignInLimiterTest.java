package io.hubwire.push.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.kit.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInLimiterTest {
    private final MovableClock clock = new MovableClock();
    private final SignInLimiter limiter = new SignInLimiter(clock);

    @Test
    void begin_fromManyAddressesOfOnePrefix_isFromOne() {
        for (int i = 0; i < SignInLimiter.MAX_PER_ADDRESS; i++) {
            assertThat(limiter.begin("user" + i, "2001:db8::" + Integer.toHexString(i + 1)))
                    .isEmpty();
        }

        assertThat(limiter.begin("one more", "2001:db8::ffff:1")).isPresent();
        assertThat(limiter.begin("one more", "2001:db8:0:1::1")).isEmpty();
    }

    @Test
    void begin_oneMoreThanTheLimit_waitsUntilTheWindowEnds() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);
        clock.advance(Duration.ofSeconds(30));

        assertThat(limiter.begin("alice", "192.0.2.1")).contains(SignInLimiter.WINDOW.minusSeconds(30));
    }

    @Test
    void begin_otherSpellingOfTheName_isTheSameName() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);

        assertThat(limiter.begin(" ALICE", "192.0.2.1")).isPresent();
    }

    @Test
    void begin_otherNameOrAddress_isFree() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);

        assertThat(limiter.begin("bob", "192.0.2.1")).isEmpty();
        assertThat(limiter.begin("alice", "192.0.2.2")).isEmpty();
    }

    @Test
    void begin_afterTheWindow_isFree() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);
        clock.advance(SignInLimiter.WINDOW);

        assertThat(limiter.begin("alice", "192.0.2.1")).isEmpty();
    }

    @Test
    void begin_manyNamesFromOneAddress_areRefusedTogether() {
        for (int i = 0; i < SignInLimiter.MAX_PER_ADDRESS; i++) {
            assertThat(limiter.begin("user" + i, "192.0.2.1")).isEmpty();
        }

        assertThat(limiter.begin("another", "192.0.2.1")).contains(SignInLimiter.WINDOW);
    }

    @Test
    void succeeded_earlierFailures_areForgotten() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);
        limiter.succeeded("alice", "192.0.2.1");

        assertThat(limiter.begin("alice", "192.0.2.1")).isEmpty();
    }

    @Test
    void begin_moreWindowsThanAreRemembered_forgetsTheOldest() {
        fail("alice", "192.0.2.1", SignInLimiter.MAX_PER_NAME);
        // Each of these opens two windows: one of the name and one of the address.
        for (int i = 0; i < SignInLimiter.MAX_WINDOWS / 2; i++) {
            limiter.begin("user", "address" + i);
        }

        assertThat(limiter.begin("alice", "192.0.2.1")).isEmpty();
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(limiter.begin(name, address)).isEmpty();
        }
    }
}
