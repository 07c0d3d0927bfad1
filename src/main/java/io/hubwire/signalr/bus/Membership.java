package io.hubwire.signalr.bus;

/**
 * A topic joined by command.
 *
 * @param joinedAt the offset of the join
 */
public record Membership(String topic, long joinedAt) {}
