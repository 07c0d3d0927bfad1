package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.OverflowPolicy;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What one server allows a connection.
 *
 * @param maxCallsInFlight calls of one WebSocket that are running or whose answers are not yet written, at least 1; above it the reading from
 *     that peer stops; default 16
 * @param maxBlockedReaders container threads that may wait so at a time, at least 1; above it a connection is closed with 1013; default 64
 * @param maxMessagesPerFrame most messages in one frame of a stream, at least 1; default 100
 * @param maxMessagesPerPoll most messages in the answer to a poll, at least 1; default 5000 (protocol §4.6)
 * @param maxGroups most groups of one connection, at least 1; default 512: the groups token travels in a header line. One more is refused; of a client that
 *     comes back with more (the limit was lowered) the first by name are joined again
 * @param maxCallsPerSecond most calls and messages of one connection at once, and each second on average, at least 1; above it a call over HTTP is refused with 429 and
 *     a WebSocket is closed with 1008. Default empty: no limit but those above, which make a peer wait rather than fail. Each node counts what comes to it
 * @param overflow what happens to a connection that is too slow; default {@link OverflowPolicy#SKIP}
 */
public record ConnectionConfig(
        int maxCallsInFlight,
        int maxBlockedReaders,
        int maxMessagesPerFrame,
        int maxMessagesPerPoll,
        int maxGroups,
        OptionalInt maxCallsPerSecond,
        OverflowPolicy overflow) {

    public ConnectionConfig {
        requireAtLeastOne("maxCallsInFlight", maxCallsInFlight);
        requireAtLeastOne("maxBlockedReaders", maxBlockedReaders);
        requireAtLeastOne("maxMessagesPerFrame", maxMessagesPerFrame);
        requireAtLeastOne("maxMessagesPerPoll", maxMessagesPerPoll);
        requireAtLeastOne("maxGroups", maxGroups);
        requireAtLeastOne("maxCallsPerSecond", maxCallsPerSecond.orElse(1));
        Objects.requireNonNull(overflow, "overflow");
    }

    /** The defaults named above. */
    public static ConnectionConfig defaults() {
        return new ConnectionConfig(16, 64, 100, 5000, 512, OptionalInt.empty(), OverflowPolicy.SKIP);
    }

    /** The same with a limit on the rate of calls. */
    public ConnectionConfig withMaxCallsPerSecond(int most) {
        return new ConnectionConfig(
                maxCallsInFlight,
                maxBlockedReaders,
                maxMessagesPerFrame,
                maxMessagesPerPoll,
                maxGroups,
                OptionalInt.of(most),
                overflow);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
