package io.hubwire.signalr.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a server counts per second, over the last one to two sampling periods. Its owner samples regularly; reading is for any thread, and does not change
 * what others read.
 */
public final class MessageRates {
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private volatile Window window;

    private record Sample(Metrics.Snapshot values, long nanos) {}

    private record Window(Sample older, Sample newer) {}

    /**
     * Takes the first sample.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public MessageRates(Metrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        Sample first = take();
        this.window = new Window(first, first);
    }

    /** Takes another sample; to be called by one thread at a time. */
    public void sample() {
        window = new Window(window.newer, take());
    }

    /** The rates up to this moment, by the original's names (protocol §15.1); empty when no time has passed since the first sample. */
    public Map<String, Double> current() {
        Sample now = take();
        Sample since = window.older;
        return Optional.of(Duration.ofNanos(now.nanos - since.nanos))
                .filter(elapsed -> !elapsed.isZero() && !elapsed.isNegative())
                .map(elapsed -> now.values.ratesSince(since.values, elapsed))
                .orElseGet(Map::of);
    }

    private Sample take() {
        return new Sample(metrics.snapshot(), nanoTime.getAsLong());
    }
}
