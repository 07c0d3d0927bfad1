package io.hubwire.signalr.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What became of the calls of one hub. Safe for any thread; counting takes no lock and allocates nothing. */
public final class CallStatistics {
    private final LongAdder begun = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    CallStatistics() {}

    /** A call begins. */
    public void begin() {
        begun.increment();
    }

    /**
     * A call that had begun is over, in whatever way.
     *
     * @param tookNanos from its beginning until its result was there
     */
    public void complete(long tookNanos) {
        nanos.add(tookNanos);
        completed.increment();
    }

    /** A call is answered with an error. */
    public void fail() {
        failed.increment();
    }

    /** Calls that are over. */
    public long completed() {
        return completed.sum();
    }

    /** Those of {@link #completed} that were answered with an error. */
    public long failed() {
        return failed.sum();
    }

    /** Calls that have begun and are not over. */
    public long running() {
        long over = completed.sum(); // first, so that a call that ends meanwhile does not count as less than none
        return begun.sum() - over;
    }

    /** How long all completed calls took together. */
    public Duration totalTime() {
        return Duration.ofNanos(nanos.sum());
    }
}
