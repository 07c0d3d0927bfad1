package io.hubwire.signalr.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Waiting for the end of an executor, with the interrupt kept for the caller. */
final class Termination {
    private Termination() {}

    /** Waits at most {@code patience}; returns whether it ended in time. */
    static boolean await(ExecutorService executor, Duration patience) {
        try {
            return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
