package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.AsyncContext;

/**
 * Keeps the application's class loader out of what the container begins when a thread of ours calls it. A thread inherits its creator's context class loader: those that
 * WildFly adds to its pool in such a call would outlive the application, and keep all of its classes.
 */
final class ContainerLoader {
    private static final ClassLoader CONTAINER = AsyncContext.class.getClassLoader();

    private ContainerLoader() {}

    /** Gives the calling thread the container's loader; returns its own, to be given back. */
    static ClassLoader enter() {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(CONTAINER);
        return own;
    }

    static void leave(ClassLoader own) {
        Thread.currentThread().setContextClassLoader(own);
    }
}
