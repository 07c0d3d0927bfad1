package io.hubwire.signalr.bus;

import java.util.OptionalLong;

/**
 * Messages that a subscription asked for and will never get.
 *
 * @param from the last offset that was delivered; empty when the cursor was unreadable
 * @param to the highest offset that is lost
 * @param count how many messages of its topics are lost, exclusions not considered; empty when that cannot be known
 */
public record Gap(OptionalLong from, long to, OptionalLong count) {}
