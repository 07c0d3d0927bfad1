package io.hubwire.signalr.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkExecutorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ClassLoader LOADER = new URLClassLoader(new URL[0]);

    interface Kind {
        WorkExecutor create(int capacity);
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                capacity -> WorkExecutor.create("work-test", 2, capacity, LOADER),
                capacity -> WorkExecutor.pooled("work-test", 2, capacity, LOADER));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void execute_runsElsewhereWithTheDeploymentsClassLoader(Kind kind) {
        try (WorkExecutor work = kind.create(10)) {
            for (int i = 0; i < 5; i++) {
                CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
                CompletableFuture<Thread> ranOn = new CompletableFuture<>();
                work.execute(() -> {
                    seen.complete(Thread.currentThread().getContextClassLoader());
                    ranOn.complete(Thread.currentThread());
                    Thread.currentThread().setContextClassLoader(null);
                });
                assertThat(seen).succeedsWithin(PATIENCE).isSameAs(LOADER);
                assertThat(ranOn).succeedsWithin(PATIENCE).matches(Thread::isDaemon);
                assertThat(ranOn.join().getName()).startsWith("work-test-");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void execute_oneMoreThanTheCapacity_isRefusedWithTheLimit(Kind kind) {
        CountDownLatch release = new CountDownLatch(1);
        try (WorkExecutor work = kind.create(3)) {
            for (int i = 0; i < 3; i++) {
                work.execute(() -> block(release));
            }
            assertThatThrownBy(() -> work.execute(() -> {}))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("limit of 3");
            release.countDown();
            await().until(() -> work.length() == 0);
            work.execute(() -> {});
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void execute_taskThrows_countsAsDone(Kind kind) {
        try (WorkExecutor work = kind.create(1)) {
            work.execute(() -> {
                throw new IllegalStateException("planted");
            });
            await().until(() -> work.length() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void close_taskDoesNotEnd_isInterrupted(Kind kind) throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        WorkExecutor work = kind.create(3);
        work.execute(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        work.close(Duration.ofMillis(1));
        assertThat(interrupted.getCount()).isZero();
        assertThatThrownBy(() -> work.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void close_byItsOwnTask_doesNotWaitForItself(Kind kind) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        WorkExecutor work = kind.create(3);
        work.execute(() -> {
            work.close(Duration.ofMinutes(1));
            closed.countDown();
        });
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void block(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void create_onAJdkThatHasVirtualThreads_givesEachTaskOne() throws Exception {
        try (WorkExecutor executor =
                WorkExecutor.create("kind-test", 1, 10, getClass().getClassLoader())) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            executor.execute(() -> thread.complete(Thread.currentThread()));
            boolean virtual = Runtime.version().feature() >= 21
                    && (boolean) Thread.class.getMethod("isVirtual").invoke(thread.get(30, TimeUnit.SECONDS));
            assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
            assertThat(thread.get().getName()).startsWith("kind-test");
        }
    }
}
