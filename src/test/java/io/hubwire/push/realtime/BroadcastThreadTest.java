package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BroadcastThreadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void every_workThatThrows_isRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (BroadcastThread thread = new BroadcastThread("hubwire-test")) {
            var unused = thread.every(Duration.ofMillis(1), () -> {
                runs.incrementAndGet();
                throw new IllegalStateException("not running");
            });

            await().atMost(PATIENCE).until(() -> runs.get() > 2);
        }
    }

    @Test
    void tell_whatCannotBeTold_harmsNobody() {
        try (BroadcastThread thread = new BroadcastThread("hubwire-test")) {
            assertThatCode(() -> {
                        thread.tell(() -> {
                            throw new IllegalStateException("not running");
                        });
                        thread.tell(() -> CompletableFuture.failedStage(new IllegalStateException("the bus is full")));
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void after_theEnd_isNeverRun() {
        BroadcastThread thread = new BroadcastThread("hubwire-test");
        thread.close();

        assertThatCode(() -> thread.after(Duration.ZERO, () -> {
                    throw new AssertionError("run after the end");
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void close_waitsForTheWork_andEndsTheThread() throws InterruptedException {
        LeakAudit threads = LeakAudit.ofThreads("hubwire-test");
        CountDownLatch begun = new CountDownLatch(1);
        try (BroadcastThread thread = new BroadcastThread("hubwire-test")) {
            thread.after(Duration.ZERO, begun::countDown);
            begun.await();
        }

        threads.verify();
    }
}
