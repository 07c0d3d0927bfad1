package io.hubwire.signalr.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what may still need the scope of a request: its answer, its pipe, its subscription, the events and calls under way. When nothing does, the scope is disposed
 * of, on a worker. Whoever takes a hold has one, or belongs to somebody who has. Does not block; any thread.
 */
final class ScopeHolds {
    private final Optional<Runnable> disposal;
    private final Executor workers;
    private final Logger log;
    private final AtomicInteger holds = new AtomicInteger(1);

    /** With one hold, the maker's. */
    ScopeHolds(Optional<Runnable> disposal, Executor workers, Logger log) {
        this.disposal = disposal;
        this.workers = workers;
        this.log = log;
    }

    void take() {
        if (disposal.isPresent()) {
            holds.incrementAndGet();
        }
    }

    void release() {
        if (disposal.isPresent() && holds.decrementAndGet() == 0) {
            disposeOnWorker(disposal.get());
        }
    }

    private void disposeOnWorker(Runnable task) {
        try {
            workers.execute(() -> dispose(task, log));
        } catch (RejectedExecutionException full) {
            log.log(Level.WARNING, "A persistent connection was not disposed of: all workers are busy.");
        }
    }

    /** Runs the application's code; what goes wrong then changes nothing for the client. */
    static void dispose(Runnable task, Logger log) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            log.log(Level.WARNING, "A persistent connection could not be disposed of.", e);
        }
    }
}
