package io.hubwire.signalr.bus;

import java.time.Duration;

/**
 * How far a subscription is behind.
 *
 * @param identity of the subscription's request
 * @param messages in its topics that it has not read, those meant for others included
 * @param bytes by which the log has moved since the oldest of them: at the limit of the tail they are lost
 * @param age of the oldest of them that is still held
 */
public record ReaderLag(String identity, long messages, long bytes, Duration age) {}
