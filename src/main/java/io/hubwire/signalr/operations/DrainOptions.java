package io.hubwire.signalr.operations;

import java.time.Duration;

/**
 * How a server lets its clients go.
 *
 * @param window over which the clients present are spread as they are sent elsewhere, 0 (all at once) to {@link #LONGEST}; default 30 s
 * @param bound after which whatever is left is cut off, not less than {@code window} and at most {@link #LONGEST}; default 60 s
 */
public record DrainOptions(Duration window, Duration bound) {

    /** An hour. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /** The documented defaults. */
    public static final DrainOptions DEFAULTS = new DrainOptions(Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** Refuses what is out of range, with the value and the range. */
    public DrainOptions {
        if (window.isNegative() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("window must be from 0 to " + LONGEST + ": " + window);
        }
        if (bound.compareTo(window) < 0 || bound.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "bound must be from the window, " + window + ", to " + LONGEST + ": " + bound);
        }
    }
}
