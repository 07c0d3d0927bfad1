package io.hubwire.signalr.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Workers that work in the thread of the test, when it says so. */
final class ManualWorkers implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean full;

    @Override
    public void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(task);
    }

    /** From now on nothing more is taken. */
    void fill() {
        full = true;
    }

    void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
