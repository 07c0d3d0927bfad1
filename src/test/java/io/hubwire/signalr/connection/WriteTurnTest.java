package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WriteTurnTest {
    private final WriteTurn turn = new WriteTurn();

    @Test
    void takeOnWorker_nobodyWrites_isTheWorkersUntilWritten() {
        assertThat(turn.takeOnWorker()).isTrue();
        assertThat(turn.takeOnWorker()).isFalse();
        assertThat(turn.isTaken()).isTrue();
        assertThat(turn.written()).as("the loop is left asleep").isFalse();
        assertThat(turn.isTaken()).isFalse();
    }

    @Test
    void takeOnLoop_workerWrites_theLoopIsToldAndNobodyOvertakesIt() {
        turn.takeOnWorker();
        assertThat(turn.takeOnLoop()).isFalse();
        assertThat(turn.takeOnLoop()).isFalse();
        assertThat(turn.written()).as("the loop is told").isTrue();
        assertThat(turn.takeOnWorker()).as("until the loop goes on").isFalse();
        turn.free();
        assertThat(turn.takeOnLoop()).isTrue();
    }

    @Test
    void takeOnLoop_nobodyWrites_theLoopIsToldOfItsOwnWrite() {
        assertThat(turn.takeOnLoop()).isTrue();
        assertThat(turn.takeOnLoop()).isFalse();
        assertThat(turn.takeOnWorker()).isFalse();
        assertThat(turn.awaitWorker()).isFalse();
        assertThat(turn.written()).isTrue();
        turn.free();
        assertThat(turn.isTaken()).isFalse();
    }

    @Test
    void awaitWorker_onlyWhileAWorkerWrites() {
        assertThat(turn.awaitWorker()).isFalse();
        turn.takeOnWorker();
        assertThat(turn.awaitWorker()).isTrue();
        assertThat(turn.awaitWorker()).isTrue();
        assertThat(turn.written()).isTrue();
    }

    /** The loop wants to write again and again, and must be told each time that it could not. */
    @Test
    @Timeout(60)
    void workersAndLoop_atOnce_oneWritesAtATimeAndTheLoopIsNeverForgotten() throws Exception {
        int writes = 5_000;
        AtomicInteger writing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        CountDownLatch loopIsDone = new CountDownLatch(1);
        CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> {
            while (loopIsDone.getCount() > 0) {
                if (turn.takeOnWorker()) {
                    write(writing, most);
                    if (turn.written()) {
                        told.incrementAndGet();
                    }
                }
            }
        });
        for (int i = 0; i < writes; i++) {
            int before = told.get();
            while (!turn.takeOnLoop()) {
                while (told.get() == before) {
                    Thread.onSpinWait();
                }
                before = told.get();
                turn.free();
            }
            write(writing, most);
            assertThat(turn.written()).isTrue();
            turn.free();
        }
        loopIsDone.countDown();
        worker.get(20, TimeUnit.SECONDS);
        assertThat(most).hasValue(1);
    }

    private static void write(AtomicInteger writing, AtomicInteger most) {
        most.accumulateAndGet(writing.incrementAndGet(), Math::max);
        writing.decrementAndGet();
    }
}
