package io.hubwire.signalr.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Waiting for the end of an executor, with the interrupt kept for the caller. */
final class Termination {
    private Termination() {}

    /** Waits at most {@code patience}; returns whether it ended in time. */
    static boolean await(ExecutorService executor, Duration patience) {
        try {
            boolean ended = executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (ended
                    && executor instanceof ThreadPoolExecutor pool
                    && pool.getThreadFactory() instanceof NamedThreads threads) {
                threads.join(patience);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
