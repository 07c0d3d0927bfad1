package io.hubwire.push.realtime;

import static java.lang.System.Logger.Level.DEBUG;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread of something that tells clients by itself. The server ends before the application, so what cannot be told is no error: it is logged at debug level, and the next
 * time comes. Safe for any thread; nothing blocks but {@link #close}.
 */
final class BroadcastThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BroadcastThread.class.getName());
    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final ScheduledExecutorService thread;

    BroadcastThread(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadScheduledExecutor(this::daemon);
    }

    /** Begins a period from now; ends with the result, or with this. */
    Future<?> every(Duration period, Runnable work) {
        return thread.scheduleAtFixedRate(
                () -> attempt(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Once; never, after the end. */
    void after(Duration delay, Runnable work) {
        try {
            var unused = thread.schedule(() -> attempt(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            notTold(closed);
        }
    }

    /** For what is to happen on the thread, and may fail its caller. */
    Executor executor() {
        return thread;
    }

    /** Tells at once, on the caller's thread. */
    void tell(Supplier<? extends CompletionStage<?>> publication) {
        attempt(() -> {
            var unused = publication.get().whenComplete((done, failure) -> {
                if (failure != null) {
                    notTold(failure);
                }
            });
        });
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException notRunning) { // periodic work that throws would not be run again
            notTold(notRunning);
        }
    }

    private void notTold(Throwable failure) {
        LOG.log(DEBUG, () -> name + " could not tell its clients", failure);
    }

    /** Waits for work that is under way, for some seconds. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(DEBUG, "{0} is still at work", name);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread daemon(Runnable work) {
        Thread daemon = new Thread(work, name);
        daemon.setDaemon(true);
        return daemon;
    }
}
