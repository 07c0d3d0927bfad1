package io.hubwire.signalr.concurrent;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads with a name that tells whose they are, and the context class loader of the deployment that they serve. */
final class NamedThreads implements ThreadFactory {
    private final String name;
    private final ClassLoader contextClassLoader;
    private final AtomicInteger created = new AtomicInteger();
    private final Queue<Thread> alive = new ConcurrentLinkedQueue<>();

    NamedThreads(String name, ClassLoader contextClassLoader) {
        this.name = name;
        this.contextClassLoader = contextClassLoader;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name + "-" + created.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextClassLoader);
        alive.removeIf(old -> old.getState() == Thread.State.TERMINATED);
        alive.add(thread);
        return thread;
    }

    /**
     * Waits until the threads are gone, which is a moment after their executor has terminated: a container that looks for forgotten threads at undeploy would find
     * them in between.
     *
     * @param patience for each of them
     */
    void join(Duration patience) throws InterruptedException {
        for (Thread thread : alive) {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(Math.max(1, patience.toMillis()));
            }
        }
    }
}
