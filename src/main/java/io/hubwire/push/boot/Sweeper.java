package io.hubwire.push.boot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The one thread that does the housekeeping again and again. Ends when closed. */
final class Sweeper implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final ScheduledExecutorService thread;

    private Sweeper(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    static Sweeper start(Runnable sweep, Duration period) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Sweeper::daemon);
        var unused = thread.scheduleWithFixedDelay(sweep, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return new Sweeper(thread);
    }

    /** Waits for a sweep that is under way, for some seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hubwire-housekeeping");
        thread.setDaemon(true);
        return thread;
    }
}
