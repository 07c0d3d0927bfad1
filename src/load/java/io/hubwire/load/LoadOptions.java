package io.hubwire.load;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to measure.
 *
 * @param measure what for
 * @param transport how the clients receive; calls go over WebSockets
 * @param connections clients, 1 to 10,000
 * @param rate messages a second, each to every client; of deliveries alone
 * @param seconds of each measurement
 * @param bytes of a message's or call's argument
 * @param passes of each server, interleaved
 */
record LoadOptions(
        Measure measure, LoadTransport transport, int connections, int rate, int seconds, int bytes, int passes) {
    private static final int MOST_CONNECTIONS = 10_000;
    private static final List<Map.Entry<String, String>> DEFAULTS = List.of(
            Map.entry("measure", "deliveries"),
            Map.entry("transport", "webSockets"),
            Map.entry("connections", "1000"),
            Map.entry("rate", "20"),
            Map.entry("seconds", "10"),
            Map.entry("bytes", "100"),
            Map.entry("passes", "3"));

    LoadOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("connections must be 1 to " + MOST_CONNECTIONS + ": " + connections);
        }
        if (measure == Measure.CALLS && transport != LoadTransport.WEB_SOCKETS) {
            throw new IllegalArgumentException("calls are measured over webSockets, not over " + transport.wireName());
        }
    }

    /** Reads {@code name=value} words, and {@code --name value} pairs of words. */
    static LoadOptions parse(String... args) {
        Map<String, String> values = new LinkedHashMap<>();
        DEFAULTS.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        Iterator<String> words = List.of(args).iterator();
        while (words.hasNext()) {
            String word = words.next();
            String option = word.startsWith("--") && words.hasNext() ? word.substring(2) + "=" + words.next() : word;
            String[] pair = option.split("=", 2);
            if (pair.length != 2 || values.replace(pair[0], pair[1]) == null) {
                throw new IllegalArgumentException("unknown option " + option + "; known are " + values.keySet());
            }
        }
        return new LoadOptions(
                Measure.of(values.get("measure")),
                LoadTransport.of(values.get("transport")),
                number(values, "connections"),
                number(values, "rate"),
                number(values, "seconds"),
                number(values, "bytes"),
                number(values, "passes"));
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(values.get(name));
    }
}
