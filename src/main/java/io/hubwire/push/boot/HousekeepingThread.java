package io.hubwire.push.boot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does the housekeeping again and again. Ends when closed. Unlike a thread that tells clients, it works in the database: a sweep under way is waited for
 * rather than interrupted, and a slow one puts off the next.
 */
final class HousekeepingThread implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final ScheduledExecutorService thread;

    private HousekeepingThread(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    static HousekeepingThread start(Runnable sweep, Duration period) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(HousekeepingThread::daemon);
        var unused = thread.scheduleWithFixedDelay(sweep, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return new HousekeepingThread(thread);
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
