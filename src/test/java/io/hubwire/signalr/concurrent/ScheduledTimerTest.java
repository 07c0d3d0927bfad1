package io.hubwire.signalr.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledTimerTest {
    private static final String NAME = "scheduled-timer-test";
    private final ScheduledTimer timer = new ScheduledTimer(NAME, getClass().getClassLoader());

    @AfterEach
    void end() {
        timer.close();
        // A pool counts as terminated a moment before its last thread has ended.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(NAME)));
    }

    @Test
    void schedule_runsOnceOnTheTimersDaemonThread() throws InterruptedException {
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);
        timer.schedule(Duration.ZERO, () -> {
            ranOn.set(Thread.currentThread());
            done.countDown();
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ranOn.get().getName()).startsWith(NAME);
        assertThat(ranOn.get().isDaemon()).isTrue();
        assertThat(ranOn.get().getContextClassLoader()).isSameAs(getClass().getClassLoader());
    }

    @Test
    void scheduleEvery_taskThrows_goesOn() {
        AtomicInteger runs = new AtomicInteger();
        timer.scheduleEvery(Duration.ofMillis(1), () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("planted");
        });
        await().untilAsserted(() -> assertThat(runs.get()).isGreaterThan(2));
    }

    @Test
    void close_registration_taskDoesNotRun() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        Registration cancelled = timer.schedule(Duration.ofMillis(20), runs::incrementAndGet);
        timer.schedule(Duration.ofMillis(40), later::countDown);
        cancelled.close();
        cancelled.close();
        assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(runs.get()).isZero();
    }

    @Test
    void close_fromItsOwnTask_doesNotWaitForItself() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        timer.schedule(Duration.ZERO, () -> {
            timer.close();
            closed.countDown();
        });
        assertThat(closed.await(4, TimeUnit.SECONDS)).isTrue(); // it would wait for 5
    }

    @Test
    void schedule_afterClose_isIgnored() {
        timer.close();
        timer.schedule(Duration.ZERO, () -> {}).close();
    }

    @Test
    void schedule_badDurations_areRefused() {
        assertThatThrownBy(() -> timer.schedule(Duration.ofSeconds(-1), () -> {}))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> timer.scheduleEvery(Duration.ZERO, () -> {})).hasMessageContaining("PT0S");
    }
}
