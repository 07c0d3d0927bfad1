package io.hubwire.signalr.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void execute_manyTasks_runOneAfterAnotherInOrder() throws InterruptedException {
        SerialExecutor serial = new SerialExecutor(pool, 10_000);
        List<Integer> seen = new ArrayList<>(); // unguarded on purpose: the executor must order the accesses
        AtomicInteger inside = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(5_000);
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            serial.execute(() -> {
                assertThat(inside.incrementAndGet()).isEqualTo(1);
                seen.add(number);
                inside.decrementAndGet();
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void execute_oneMoreThanTheCapacity_isRefusedWithTheLimit() {
        Queue<Runnable> turns = new ArrayDeque<>();
        SerialExecutor serial = new SerialExecutor(turns::add, 3);
        IntStream.range(0, 3).forEach(i -> serial.execute(() -> {}));

        assertThatThrownBy(() -> serial.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("limit is 3");
        assertThat(serial.length()).isEqualTo(3);

        turns.remove().run();
        assertThat(serial.length()).isZero();
        serial.execute(() -> {});
        assertThat(turns).hasSize(1);
    }

    @Test
    void execute_taskThrows_nextStillRuns() {
        Queue<Runnable> turns = new ArrayDeque<>();
        SerialExecutor serial = new SerialExecutor(turns::add, 3);
        List<String> seen = new ArrayList<>();
        serial.execute(() -> {
            throw new IllegalStateException("planted");
        });
        serial.execute(() -> seen.add("second"));
        turns.remove().run();
        assertThat(seen).containsExactly("second");
    }

    @Test
    void execute_longSequence_givesTheThreadBackInBetween() {
        Queue<Runnable> turns = new ArrayDeque<>();
        SerialExecutor serial = new SerialExecutor(turns::add, 100);
        IntStream.range(0, 40).forEach(i -> serial.execute(() -> {}));

        int count = 0;
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
            count++;
        }
        assertThat(count).isEqualTo(3);
        assertThat(serial.length()).isZero();
    }

    @Test
    void execute_sharedExecutorEnded_isRefusedAndForgotten() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        SerialExecutor serial = new SerialExecutor(ended, 3);
        assertThatThrownBy(() -> serial.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(serial.length()).isZero();
    }

    @Test
    void capacity_zero_isRefused() {
        assertThatThrownBy(() -> new SerialExecutor(pool, 0)).hasMessageContaining("at least 1: 0");
    }

    @Test
    void execute_sharedExecutorFullBetweenTurns_losesNothing() {
        Queue<Runnable> turns = new ArrayDeque<>();
        SerialExecutor serial = new SerialExecutor(
                turn -> {
                    if (!turns.isEmpty()) {
                        throw new RejectedExecutionException("full");
                    }
                    turns.add(turn);
                },
                100);
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }

        turns.element().run();

        assertThat(ran).hasSize(50).isSorted();
    }

    @Test
    void execute_whileAnothersTurnIsBeingRefused_isNotLost() throws InterruptedException {
        List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<SerialExecutor> serial = new AtomicReference<>();
        AtomicReference<Thread> other = new AtomicReference<>();
        Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
        AtomicBoolean full = new AtomicBoolean(true);
        serial.set(new SerialExecutor(
                turn -> {
                    if (full.getAndSet(false)) {
                        other.set(new Thread(() -> serial.get().execute(() -> outcomes.add("the other ran"))));
                        other.get().start();
                        await().until(() -> EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED)
                                .contains(other.get().getState()));
                        throw new RejectedExecutionException("full");
                    }
                    turns.add(turn);
                },
                100));

        assertThatThrownBy(() -> serial.get().execute(() -> outcomes.add("the refused ran")))
                .isInstanceOf(RejectedExecutionException.class);
        other.get().join();
        turns.forEach(Runnable::run);

        assertThat(outcomes).containsExactly("the other ran");
        assertThat(serial.get().length()).isZero();
    }

    @Test
    void execute_manyThreadsOnASharedExecutorThatIsOftenFull_eachTaskRunsOrIsRefused() {
        ThreadPoolExecutor small =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1)); // refuses the third
        List<SerialExecutor> sequences = IntStream.range(0, 4)
                .mapToObj(i -> new SerialExecutor(small, 8))
                .toList();
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        List<CompletableFuture<Void>> callers = IntStream.range(0, 4)
                .mapToObj(caller -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                try {
                                    sequences.get(i % sequences.size()).execute(ran::incrementAndGet);
                                    accepted.incrementAndGet();
                                } catch (RejectedExecutionException refused) {
                                    Thread.onSpinWait(); // as a caller that is told may do
                                }
                            }
                        },
                        pool))
                .toList();
        callers.forEach(CompletableFuture::join);

        await().until(() -> sequences.stream().allMatch(sequence -> sequence.length() == 0));
        small.shutdown();
        assertThat(accepted.get()).isPositive();
        assertThat(ran).hasValue(accepted.get());
    }
}
