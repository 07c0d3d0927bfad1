package io.hubwire.load;

import java.util.HashMap;
import java.util.Map;

/**
 * What to measure.
 *
 * @param connections sockets, 1 to 10,000
 * @param rate messages a second, each to every socket
 * @param seconds of each measurement
 * @param bytes of a message's argument
 * @param passes of each server, interleaved
 */
record LoadOptions(int connections, int rate, int seconds, int bytes, int passes) {
    private static final int MOST_CONNECTIONS = 10_000;

    LoadOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("connections must be 1 to " + MOST_CONNECTIONS + ": " + connections);
        }
    }

    /** Reads {@code name=value} words. */
    static LoadOptions parse(String... args) {
        Map<String, Integer> values =
                new HashMap<>(Map.of("connections", 1000, "rate", 20, "seconds", 10, "bytes", 100, "passes", 3));
        for (String arg : args) {
            String[] pair = arg.split("=", 2);
            if (pair.length != 2 || values.replace(pair[0], Integer.valueOf(pair[1])) == null) {
                throw new IllegalArgumentException("unknown option " + arg + "; known are " + values.keySet());
            }
        }
        return new LoadOptions(
                values.get("connections"),
                values.get("rate"),
                values.get("seconds"),
                values.get("bytes"),
                values.get("passes"));
    }
}
