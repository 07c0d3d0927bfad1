package io.hubwire.push.boot.embedded;

import java.util.logging.LogManager;

/**
 * The JDK's, but for its end: that one closes all handlers from a shutdown hook of its own, beside ours, and what a server says while it sends its clients elsewhere
 * and stops would be lost. Whoever runs the server calls {@link #reset} when it has ended. Made by the JDK, for any thread.
 */
public final class ShutdownLogManager extends LogManager {

    /** Passes over the JDK's hook, which is known by its thread. */
    @Override
    public void reset() {
        if (Thread.currentThread().getClass().getEnclosingClass() != LogManager.class) {
            super.reset();
        }
    }
}
