package io.hubwire.signalr.hosting.jakarta;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The host's own few threads: a timer for peers that stall, and workers for container calls that may block for a moment (a closing
 * handshake). Owned by the context listener; {@link #close} ends them.
 */
final class HostThreads implements AutoCloseable {
    private static final int MAX_WORKERS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_MILLIS = 3000;

    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final AtomicInteger openAnswers = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("hubwire-host-timer"));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            MAX_WORKERS,
            MAX_WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("hubwire-host"));

    HostThreads() {
        workers.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            started.removeIf(old -> !old.isAlive());
            started.add(thread);
            return thread;
        };
    }

    /** Runs the action on a worker after the delay, unless it is cancelled before. After {@link #close} it never runs. */
    Future<?> after(Duration delay, Runnable action) {
        try {
            return timer.schedule(() -> run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs the action on a worker soon; after {@link #close}, on the caller's thread. */
    void run(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException closed) {
            action.run();
        }
    }

    /** Ends the threads; waits a moment for what they are doing, so that containers find none of them after undeploy. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
        try {
            for (Thread thread : started) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }

    /** Answers that have been begun asynchronously and are not over. */
    AtomicInteger openAnswers() {
        return openAnswers;
    }
}
