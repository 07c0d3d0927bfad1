package io.hubwire.signalr.hosting.jakarta;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A servlet request and response for as long as they may be touched: until the answer is complete, or the container says that the
 * peer is gone. Afterwards both are forgotten, since containers use their objects again for other requests.
 *
 * <p>Whoever touches them from a thread of its own does so in {@link #use}, one at a time. The container's error handling, which ends in
 * recycling, waits there too: Tomcat reports a failed write to its error handling first and marks the response as failed after
 * that, which would hit the next request on the recycled response. Nothing done in {@code use} blocks, and none of it is foreign code but
 * the container's.
 */
final class AsyncCycle {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger open;
    private final Queue<Consumer<Throwable>> watchers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean counted = new AtomicBoolean(); // among the open ones
    // Written under the lock, but for the container's own end of it all.
    private volatile boolean over;
    private volatile HttpServletRequest request;
    private volatile HttpServletResponse response;
    private volatile AsyncContext context;

    /** A non-blocking piece of work on the request or response. */
    @FunctionalInterface
    interface Work {
        /** Does the work; {@link #use} returns what this returns. */
        boolean run() throws IOException;
    }

    /** @param open counts the cycles that have been started and are not over */
    AsyncCycle(HttpServletRequest request, HttpServletResponse response, AtomicInteger open) {
        this.open = open;
        this.request = request;
        this.response = response;
    }

    /** The request, or null when it may no longer be touched. */
    HttpServletRequest request() {
        return request;
    }

    /** The response, or null when it may no longer be touched. */
    HttpServletResponse response() {
        return response;
    }

    /**
     * Lets the request outlive its thread; called on that thread. The library owns all timeouts, so the container gets none.
     *
     * @throws IllegalStateException when a filter or servlet in front does not support it
     */
    void start() {
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        started.addListener((Ending) this::ended);
        context = started;
        counted.set(true);
        open.incrementAndGet();
    }

    /** Does the work if the request is still ours; returns false if it is not. */
    boolean use(Work work) throws IOException {
        lock.lock();
        ClassLoader own = ContainerLoader.enter();
        try {
            return !over && work.run();
        } finally {
            ContainerLoader.leave(own);
            lock.unlock();
        }
    }

    /** Has the watcher told once when this ends by {@link #abandon} or by the container; at once when it has ended. */
    void onGone(Consumer<Throwable> watcher) {
        watchers.add(watcher);
        if (over && watchers.remove(watcher)) {
            watcher.accept(new EOFException("The request has ended."));
        }
    }

    /** Ends the answer. Idempotent; any thread. */
    void complete() {
        end();
    }

    /** Ends the answer because it cannot be finished, and tells the watchers. Idempotent; any thread. */
    void abandon(Throwable cause) {
        if (end()) {
            tellWatchers(cause);
        }
    }

    private boolean end() {
        lock.lock();
        try {
            AsyncContext ending = context;
            if (!forget()) {
                return false;
            }
            if (ending != null) {
                completeQuietly(ending);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean forget() {
        boolean first = !over;
        over = true;
        request = null;
        response = null;
        context = null;
        if (counted.compareAndSet(true, false)) {
            open.decrementAndGet();
        }
        return first;
    }

    private void tellWatchers(Throwable cause) {
        for (Consumer<Throwable> watcher = watchers.poll(); watcher != null; watcher = watchers.poll()) {
            watcher.accept(cause);
        }
    }

    private static void completeQuietly(AsyncContext context) {
        ClassLoader own = ContainerLoader.enter();
        try {
            context.complete();
        } catch (IllegalStateException containerIsEndingIt) {
            // The container is dealing with an error of the connection and calls onError or onComplete by itself.
            return;
        } finally {
            ContainerLoader.leave(own);
        }
    }

    private void ended(AsyncEvent event, boolean failed) {
        if (failed) {
            failed(event);
        } else {
            completed();
        }
    }

    /** Takes no lock: Tomcat calls this under a lock of its own, which whoever is in {@link #use} may want. */
    private void completed() {
        if (forget()) {
            tellWatchers(new EOFException("The container has ended the request."));
        }
    }

    private void failed(AsyncEvent event) {
        boolean first;
        lock.lock();
        try {
            first = forget();
            // Again, if we have tried it before: that may have come too early for the container, and now it waits for
            // it.
            completeQuietly(event.getAsyncContext());
        } finally {
            lock.unlock();
        }
        if (first) {
            Throwable cause = event.getThrowable();
            tellWatchers(cause != null ? cause : new EOFException("The connection has failed."));
        }
    }

    /**
     * What the container tells. A lambda implements it, so that there is no class of a listener to be found: WildFly takes each for a component, and warns at every
     * deployment of one that it cannot make.
     */
    @FunctionalInterface
    private interface Ending extends AsyncListener {
        void ended(AsyncEvent event, boolean failed);

        @Override
        default void onComplete(AsyncEvent event) {
            ended(event, false);
        }

        @Override
        default void onTimeout(AsyncEvent event) {
            ended(event, true);
        }

        @Override
        default void onError(AsyncEvent event) {
            ended(event, true);
        }

        @Override
        default void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
