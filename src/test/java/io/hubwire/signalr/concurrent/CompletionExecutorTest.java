package io.hubwire.signalr.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.LeakAudit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionExecutorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ClassLoader LOADER = CompletionExecutorTest.class.getClassLoader();

    private final LeakAudit audit = LeakAudit.ofThreads("completion-test");
    private final CompletionExecutor completions = new CompletionExecutor("completion-test", 2, LOADER);

    @AfterEach
    void end() {
        completions.close();
        audit.verify();
    }

    @Test
    void execute_runsOnADaemonWithTheDeploymentsClassLoader() {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        CompletableFuture<ClassLoader> loader = new CompletableFuture<>();
        completions.execute(() -> {
            loader.complete(Thread.currentThread().getContextClassLoader());
            ranOn.complete(Thread.currentThread());
        });
        assertThat(ranOn).succeedsWithin(PATIENCE).matches(Thread::isDaemon);
        assertThat(ranOn.join().getName()).startsWith("completion-test-");
        assertThat(loader).succeedsWithin(PATIENCE).isSameAs(LOADER);
    }

    @Test
    void execute_fiftyThatWaitForOneMore_theOneMoreRuns() throws InterruptedException {
        CompletableFuture<Void> last = new CompletableFuture<>();
        CountDownLatch through = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            completions.execute(() -> {
                last.join();
                through.countDown();
            });
        }
        completions.execute(() -> last.complete(null));
        assertThat(through.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void execute_completionThrows_othersRun() {
        List<CompletableFuture<Void>> done = IntStream.range(0, 10)
                .mapToObj(i -> new CompletableFuture<Void>())
                .toList();
        done.forEach(future -> {
            completions.execute(() -> {
                throw new IllegalStateException("planted");
            });
            completions.execute(() -> future.complete(null));
        });
        done.forEach(future -> assertThat(future).succeedsWithin(PATIENCE));
    }

    @Test
    void close_byItsOwnThread_doesNotWaitForItself() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        completions.execute(() -> {
            completions.close();
            closed.countDown();
        });
        assertThat(closed.await(4, TimeUnit.SECONDS)).isTrue(); // it would wait for 5
        assertThatThrownBy(() -> completions.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
