package io.hubwire.signalr.concurrent;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what users hang on stages of the library. Meant for short work, but one that waits there for another stage
 * ({@code CompletableFuture.join}) does not starve that other stage: a thread that waits is replaced by another, up to a limit.
 *
 * <p>Owned by whoever creates it. Safe for any thread.
 */
public final class CompletionExecutor implements Executor, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(CompletionExecutor.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 1_000;
    private static final int IDLE_THREAD_SECONDS = 30;

    private final ForkJoinPool threads;

    /**
     * Creates an executor without threads; they come with the work and are daemons.
     *
     * @param name begins the threads' names
     * @param parallelism threads that work at a time, at least 1; beside them up to 1000 may wait
     */
    public CompletionExecutor(String name, int parallelism, ClassLoader contextClassLoader) {
        threads = new ForkJoinPool(
                parallelism,
                pool -> new Worker(pool, name, contextClassLoader),
                (thread, failure) ->
                        LOGGER.log(Level.ERROR, "a completion on " + thread.getName() + " failed", failure),
                true, // in the order in which they came
                0,
                parallelism + MAX_WAITING,
                1,
                pool -> true, // at the limit they wait for those that wait
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * Runs {@code completion} on one of the threads; never blocks and never runs it in the caller's. An exception that it throws is logged.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    @Override
    public void execute(Runnable completion) {
        threads.execute(completion);
    }

    /** Takes no more and waits a few seconds for what there is, unless called from one of its own threads. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
        if (!(Thread.currentThread() instanceof Worker worker && worker.getPool() == threads)
                && !Termination.await(threads, PATIENCE)) {
            threads.shutdownNow();
        }
    }

    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool, String name, ClassLoader contextClassLoader) {
            super(pool);
            setName(name + "-" + getPoolIndex());
            setContextClassLoader(contextClassLoader);
        }
    }
}
