package io.hubwire.signalr.concurrent;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for code that may block. Where the JDK has virtual threads (21 and later) each task gets its own, otherwise a pool of
 * platform threads works through a queue. Either way the number of tasks is bounded, threads are daemons with a telling name, and tasks see the
 * deployment's class loader as their context class loader.
 *
 * <p>Owned by whoever creates it. Safe for any thread.
 */
public final class WorkExecutor implements Executor, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(WorkExecutor.class.getName());
    private static final Duration INTERRUPTED_PATIENCE = Duration.ofSeconds(5);
    private static final Duration IDLE_THREAD_LIFE = Duration.ofSeconds(60);

    private final String name;
    private final int capacity;
    private final ClassLoader contextClassLoader;
    private final ExecutorService threads;
    private final AtomicInteger length = new AtomicInteger();
    private final ThreadLocal<Boolean> mine = new ThreadLocal<>();

    private WorkExecutor(String name, int capacity, ClassLoader contextClassLoader, ExecutorService threads) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.name = name;
        this.capacity = capacity;
        this.contextClassLoader = contextClassLoader;
        this.threads = threads;
    }

    /**
     * Virtual threads where there are any, else {@link #pooled}.
     *
     * @param name begins the threads' names
     * @param poolSize most platform threads, at least 1; without meaning for virtual threads
     * @param capacity most tasks running or waiting, at least 1
     */
    public static WorkExecutor create(String name, int poolSize, int capacity, ClassLoader contextClassLoader) {
        return VirtualThreads.executor(name)
                .map(threads -> new WorkExecutor(name, capacity, contextClassLoader, threads))
                .orElseGet(() -> pooled(name, poolSize, capacity, contextClassLoader));
    }

    /**
     * Platform threads on any JDK.
     *
     * @param name begins the threads' names
     * @param poolSize most threads, at least 1; idle ones end after a minute
     * @param capacity most tasks running or waiting, at least 1
     */
    public static WorkExecutor pooled(String name, int poolSize, int capacity, ClassLoader contextClassLoader) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                poolSize,
                poolSize,
                IDLE_THREAD_LIFE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by the capacity, which counts running tasks too
                new NamedThreads(name, contextClassLoader));
        pool.allowCoreThreadTimeOut(true);
        return new WorkExecutor(name, capacity, contextClassLoader, pool);
    }

    /**
     * Runs {@code task} on one of the threads; never blocks and never runs it in the caller's. An exception that it throws is logged.
     *
     * @throws RejectedExecutionException when {@code capacity} tasks are running or waiting, or after {@link #close}
     */
    @Override
    public void execute(Runnable task) {
        if (length.incrementAndGet() > capacity) {
            length.decrementAndGet();
            throw new RejectedExecutionException(name + ": the limit of " + capacity + " tasks is reached");
        }
        try {
            threads.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            length.decrementAndGet();
            throw e;
        }
    }

    /** How many tasks run or wait. */
    public int length() {
        return length.get();
    }

    /** {@link #close(Duration)} with a patience of five seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    /**
     * Takes no more tasks and waits for those there are; interrupts what is left after {@code patience} and waits a few seconds more. Waits for nothing
     * when called by one of its own tasks. Idempotent.
     */
    public void close(Duration patience) {
        threads.shutdown();
        if (mine.get() == null && !Termination.await(threads, patience)) {
            threads.shutdownNow();
            Termination.await(threads, INTERRUPTED_PATIENCE);
        }
    }

    private void run(Runnable task) {
        Thread.currentThread().setContextClassLoader(contextClassLoader); // a task before may have changed it
        mine.set(true);
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a task on " + name + " failed", e);
        } finally {
            mine.remove();
            length.decrementAndGet();
        }
    }
}
