package io.hubwire.signalr.bus;

import java.util.Optional;
import java.util.OptionalLong;

/** Adds up what a subscription has lost in its several topics. */
final class GapTally {
    private long messages;
    private boolean uncounted;
    private long highest;

    /** At least one message, {@code to} being the highest. */
    void lost(long count, long to) {
        messages += count;
        highest = Math.max(highest, to);
    }

    /** Perhaps some messages, none of them after {@code to}. */
    void uncounted(long to) {
        uncounted = true;
        highest = Math.max(highest, to);
    }

    /** The gap after {@code from}, if anything is lost. */
    Optional<Gap> gap(OptionalLong from) {
        if (messages == 0 && !uncounted) {
            return Optional.empty();
        }
        return Optional.of(new Gap(from, highest, uncounted ? OptionalLong.empty() : OptionalLong.of(messages)));
    }
}
