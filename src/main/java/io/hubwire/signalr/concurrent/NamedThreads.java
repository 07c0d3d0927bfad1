package io.hubwire.signalr.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads with a name that tells whose they are, and the context class loader of the deployment that they serve. */
final class NamedThreads implements ThreadFactory {
    private final String name;
    private final ClassLoader contextClassLoader;
    private final AtomicInteger created = new AtomicInteger();

    NamedThreads(String name, ClassLoader contextClassLoader) {
        this.name = name;
        this.contextClassLoader = contextClassLoader;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, name + "-" + created.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextClassLoader);
        return thread;
    }
}
