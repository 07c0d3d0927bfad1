package io.hubwire.kit;

import io.hubwire.signalr.concurrent.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when told to. Starts just below the overflow of {@code long}, so that comparing instead of subtracting shows. */
public final class FakeClock implements Clock {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
