package io.hubwire.signalr.concurrent;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks one after another, in the order in which they came, on threads borrowed from a shared executor. A thread is held only
 * while there is work, and given back now and then so that one busy sequence does not starve the others.
 *
 * <p>What one task did is visible to the next, whatever threads they run on.
 */
public final class SerialExecutor implements Executor {
    private static final System.Logger LOGGER = System.getLogger(SerialExecutor.class.getName());
    private static final int TASKS_PER_TURN = 16;

    private final Executor shared;
    private final int capacity;
    private final Object lock = new Object();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(2); // guarded by lock
    private boolean active; // guarded by lock: a turn runs, or the shared executor has promised one
    private volatile int length; // written under lock

    /**
     * Creates an idle one; many may share the same threads.
     *
     * @param shared lends its threads; must not run tasks in the calling thread
     * @param capacity most tasks waiting or running, at least 1
     */
    public SerialExecutor(Executor shared, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.shared = shared;
        this.capacity = capacity;
    }

    /**
     * Adds a task; never blocks. An exception that the task throws is logged and does not keep the next from running.
     *
     * @throws RejectedExecutionException when {@code capacity} tasks are waiting or running, or the shared executor refuses; the task will not run
     */
    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            if (length >= capacity) {
                throw new RejectedExecutionException(length + " tasks are waiting; the limit is " + capacity);
            }
            if (!active) {
                // Under the lock, so that no other thread adds a task to a turn that is then refused, and is not told.
                shared.execute(this::turn);
                active = true;
            }
            waiting.add(task);
            length = length + 1;
        }
    }

    /** How many tasks wait or run; safe for any thread, and out of date as soon as it is read. */
    public int length() {
        return length;
    }

    private void turn() {
        int left = TASKS_PER_TURN;
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "a task failed", e);
            } finally {
                done();
            }
            left--;
            if (left <= 0 && goesOnLater()) {
                return;
            }
        }
    }

    private Runnable next() {
        synchronized (lock) {
            Runnable task = waiting.poll();
            active = task != null;
            return task;
        }
    }

    private void done() {
        synchronized (lock) {
            length = length - 1;
        }
    }

    /** A shared executor that is full must not cost tasks that were accepted: then this thread goes on. */
    private boolean goesOnLater() {
        try {
            shared.execute(this::turn);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
