package io.hubwire.load.soak;

import java.util.Locale;

/**
 * Both sides at one moment, as near as they can be had.
 *
 * @param label when
 * @param fewest clients that the server must know
 * @param most clients that it may know
 * @param crowd the clients' side
 * @param server the other
 * @param problems lines in the server's log at WARNING and above so far
 */
record SoakSample(String label, int fewest, int most, Crowd.State crowd, Vitals server, int problems) {
    static final String HEAD =
            "| minute | clients here | sessions at the server | heap after collection, MB | threads, without requests' | requests' threads"
                    + " | open files | uploads | said to all, to rooms | deliveries | left, vanished, cut off | slowest, s | errors, warnings |\n"
                    + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    private static final double MEGABYTE = 1024 * 1024;
    private static final double MILLIS_OF_A_SECOND = 1000;

    /** A line of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f | %d | %d | %,d | %,d | %,d, %,d | %,d | %,d, %,d, %,d | %.1f | %d, %d |",
                label,
                crowd.here(),
                server.connections(),
                server.heapBytes() / MEGABYTE,
                server.otherThreads(),
                server.poolThreads(),
                server.openFiles(),
                crowd.count(Deed.UPLOAD),
                crowd.count(Deed.BROADCAST),
                crowd.count(Deed.SAY),
                crowd.deliveries().delivered(),
                crowd.count(Deed.LEAVE),
                crowd.count(Deed.VANISH),
                crowd.count(Deed.DROP),
                crowd.deliveries().slowestMillis() / MILLIS_OF_A_SECOND,
                crowd.errors(),
                problems);
    }
}
