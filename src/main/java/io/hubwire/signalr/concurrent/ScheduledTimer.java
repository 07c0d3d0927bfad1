package io.hubwire.signalr.concurrent;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timer of one deployment: one daemon thread, created with the first task and ended by {@link #close}. A cancelled task is forgotten at once,
 * so that a long timeout that is usually cancelled costs no memory.
 */
public final class ScheduledTimer implements Timer, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ScheduledTimer.class.getName());
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor scheduler;
    private volatile Thread running; // the timer's thread while it runs a task

    /** Creates a timer whose thread is called {@code name} and serves the deployment of {@code contextClassLoader}. */
    public ScheduledTimer(String name, ClassLoader contextClassLoader) {
        scheduler = new ScheduledThreadPoolExecutor(
                1, new NamedThreads(name, contextClassLoader), new ThreadPoolExecutor.DiscardPolicy());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
        return cancelling(scheduler.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Registration scheduleEvery(Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period must be more than zero: " + period);
        }
        long nanos = period.toNanos();
        return cancelling(scheduler.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    /** Drops everything scheduled and waits a few seconds for a task that is running, unless that task is the caller. Idempotent. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        if (!Thread.currentThread().equals(running)) {
            Termination.await(scheduler, CLOSE_PATIENCE);
        }
    }

    private static Registration cancelling(Future<?> scheduled) {
        return () -> scheduled.cancel(false);
    }

    /** An exception would silently end a repeated task. */
    private Runnable guarded(Runnable task) {
        return () -> {
            running = Thread.currentThread();
            try {
                task.run();
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.DEBUG, "a timer's task came after the end of its executor", e);
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "a timer's task failed", e);
            } finally {
                running = null;
            }
        };
    }
}
