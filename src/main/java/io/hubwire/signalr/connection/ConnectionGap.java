package io.hubwire.signalr.connection;

import java.util.OptionalLong;

/**
 * Messages that a client missed and will never get.
 *
 * @param from the last offset that it got; empty when its cursor could not be read
 * @param to the highest offset that is lost
 * @param count how many messages of its topics are lost, exclusions not considered; empty when that cannot be known
 */
public record ConnectionGap(OptionalLong from, long to, OptionalLong count) {

    /** For logs: {@code 7 after offset 21, up to 28}; what cannot be known is {@code unknown}. */
    @Override
    public String toString() {
        return known(count) + " after offset " + known(from) + ", up to " + to;
    }

    private static String known(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "unknown";
    }
}
