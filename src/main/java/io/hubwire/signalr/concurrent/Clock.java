package io.hubwire.signalr.concurrent;

/**
 * Time for measuring durations, in a form that tests can move. Wall-clock time (expiry dates in tokens, say) is a matter for
 * {@link java.time.Clock}.
 */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary origin, never going back; compare two readings by subtraction, as with {@link System#nanoTime}. */
    long nanoTime();

    /** The clock of the machine. */
    static Clock system() {
        return System::nanoTime;
    }
}
