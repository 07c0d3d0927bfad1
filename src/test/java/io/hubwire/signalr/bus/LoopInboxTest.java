package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes to a loop, and when that sleeps. */
class LoopInboxTest {
    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch awake = new CountDownLatch(1);
    private final Thread reader = new Thread(this::sleepOnce, "kit-inbox-reader");
    private final LoopInbox inbox = new LoopInbox(reader);
    private final LoopWork first = loop -> {};
    private final LoopWork second = loop -> {};

    private void sleepOnce() {
        inbox.awaitWork();
        awake.countDown();
    }

    @AfterEach
    void reader_hasEnded() throws InterruptedException {
        inbox.stop();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(reader.isAlive()).isFalse();
    }

    private void fallAsleep() {
        reader.start();
        Awaitility.await()
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> inbox.isAsleep() && reader.getState() == Thread.State.WAITING);
    }

    private boolean wakesUp() throws InterruptedException {
        return awake.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void offer_wakesTheSleeper() throws InterruptedException {
        fallAsleep();

        assertThat(inbox.offer(first)).isTrue();

        assertThat(wakesUp()).isTrue();
        assertThat(inbox.isAsleep()).isFalse();
        assertThat(inbox.poll()).isSameAs(first);
    }

    @Test
    void put_letsItSleepOn_untilItIsWoken_andNothingIsLost() throws InterruptedException {
        fallAsleep();

        inbox.put(first);
        assertThat(inbox.isAsleep()).isTrue();
        inbox.wakeUp();

        assertThat(wakesUp()).isTrue();
        assertThat(inbox.poll()).isSameAs(first);
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void awaitWork_withSomethingThere_orWhenItIsToStop_doesNotSleep() throws InterruptedException {
        inbox.put(first);
        reader.start();
        assertThat(wakesUp()).isTrue();

        inbox.poll();
        inbox.stop();
        inbox.awaitWork();

        assertThat(inbox.isStopping()).isTrue();
    }

    @Test
    void stop_wakesTheSleeper() throws InterruptedException {
        fallAsleep();

        inbox.stop();

        assertThat(wakesUp()).isTrue();
    }

    @Test
    void end_handsOverWhatCameTooLate_andTakesNoMore() {
        List<LoopWork> late = new ArrayList<>();
        inbox.put(first);
        inbox.offer(second);

        inbox.end(late::add);

        assertThat(late).containsExactly(first, second);
        assertThat(inbox.offer(first)).isFalse();
        assertThat(inbox.poll()).isNull();
    }
}
