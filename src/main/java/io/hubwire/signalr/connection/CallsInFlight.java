package io.hubwire.signalr.connection;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of clients that user code has not answered yet, on whatever transport they came. Safe for any thread; never blocks. */
public final class CallsInFlight {
    private final Metrics metrics;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> byConnection = new ConcurrentHashMap<>();

    /** @param metrics shows their number as {@link Gauge#CALLS_IN_FLIGHT} */
    public CallsInFlight(Metrics metrics) {
        this.metrics = metrics;
    }

    /** A call begins. @return to be closed when it is over; closing it again does nothing */
    Registration begin(String connectionId) {
        total.incrementAndGet();
        metrics.increment(Gauge.CALLS_IN_FLIGHT);
        byConnection.merge(connectionId, 1, Integer::sum);
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                end(connectionId);
            }
        };
    }

    private void end(String connectionId) {
        byConnection.computeIfPresent(connectionId, (id, count) -> count == 1 ? null : count - 1);
        metrics.decrement(Gauge.CALLS_IN_FLIGHT);
        total.decrementAndGet();
    }

    /** How many there are. */
    public int count() {
        return total.get();
    }

    /** Whether a connection waits for an answer. */
    public boolean isWaiting(String connectionId) {
        return byConnection.containsKey(connectionId);
    }
}
