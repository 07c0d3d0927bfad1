package io.hubwire.signalr.concurrent;

import java.time.Duration;

/**
 * Runs short tasks later. Safe for any thread; scheduling does not block. Tasks run one at a time on the timer's own thread, so they must neither
 * block nor run user code: they hand work to an executor. A task that throws is logged, and a repeated one goes on.
 *
 * <p>After the timer's end nothing runs any more, and what is still scheduled then is ignored.
 */
public interface Timer {

    /**
     * Runs {@code task} once.
     *
     * @param delay zero or more
     * @return cancels the task; a task that is running at that moment is not interrupted
     */
    Registration schedule(Duration delay, Runnable task);

    /**
     * Runs {@code task} again and again, the first time after one period. Runs that were missed (a busy machine) are not made up for.
     *
     * @param period more than zero
     * @return cancels the task; a run in progress at that moment is not interrupted
     */
    Registration scheduleEvery(Duration period, Runnable task);
}
