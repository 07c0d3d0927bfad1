package io.hubwire.load;

import java.util.Arrays;
import java.util.Locale;

/** What a run measures. */
enum Measure {
    /** Messages from the server to all clients. */
    DELIVERIES,
    /** Calls that each client makes over its WebSocket, the next when the answer to the one before has come. */
    CALLS;

    static Measure of(String name) {
        return Arrays.stream(values())
                .filter(measure -> measure.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown measure " + name + "; known are "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }
}
