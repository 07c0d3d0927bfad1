package io.hubwire.signalr.bus;

import java.time.Duration;

/**
 * How much a bus keeps, and what it refuses. Start from {@link #forTimeouts}; impossible values are refused here, whatever the order
 * in which they are set.
 *
 * @param messageBufferSize most payloads that a topic keeps for replays (SignalR's {@code DefaultMessageBufferSize}, protocol §9.1); at least 32,
 *     default 1000. The same number of commands is kept beside them.
 * @param tailBytes most bytes that a node keeps over all topics, with an estimate of their bookkeeping; default 64 MiB, and at least four
 *     times {@code maxMessageBytes}
 * @param tailAge how long a message is kept at most. A client that comes back later may be told of a gap that is none, so this is at least twice
 *     the time in which a client can come back.
 * @param maxTopics most topics that a node knows, counting those with subscribers and those with messages; default 500 000. Publishing and subscribing to a
 *     new one is refused beyond that; what is under way at that moment may exceed it.
 * @param maxBacklog most messages that wait for a delivery loop, default 100 000; and no more than {@code tailBytes} of them. Publishing is refused beyond
 *     that.
 * @param maxMessageBytes largest message: bytes of the payload, characters of topic, exclusions and group; default 4 MiB
 * @param maxPendingAcknowledgements most joins and leaves that wait for their acknowledgement at one time, default 100 000
 * @param loops delivery loops, default the number of processors but at most 8
 * @param acknowledgementTimeout how long a join or leave waits for its acknowledgement, default 30 s (protocol §8.2)
 * @param sweepInterval how often waits are checked and old messages are let go of, default 5 s (protocol §8.2)
 * @param aheadPatience how long a cursor that is ahead of this node is waited for in a farm, default 5 s
 */
public record BusConfig(
        int messageBufferSize,
        long tailBytes,
        Duration tailAge,
        int maxTopics,
        int maxBacklog,
        int maxMessageBytes,
        int maxPendingAcknowledgements,
        int loops,
        Duration acknowledgementTimeout,
        Duration sweepInterval,
        Duration aheadPatience) {

    public static final int MINIMUM_MESSAGE_BUFFER_SIZE = 32;
    private static final int MAXIMUM_DEFAULT_LOOPS = 8;
    private static final int MEBIBYTE = 1 << 20;

    public BusConfig {
        atLeast("messageBufferSize", messageBufferSize, MINIMUM_MESSAGE_BUFFER_SIZE);
        atLeast("maxMessageBytes", maxMessageBytes, 1);
        atLeast("tailBytes", tailBytes, 4L * maxMessageBytes);
        atLeast("maxTopics", maxTopics, 1);
        atLeast("maxBacklog", maxBacklog, 1);
        atLeast("maxPendingAcknowledgements", maxPendingAcknowledgements, 1);
        atLeast("loops", loops, 1);
        positive("tailAge", tailAge);
        positive("acknowledgementTimeout", acknowledgementTimeout);
        positive("sweepInterval", sweepInterval);
        if (aheadPatience.isNegative()) {
            throw new IllegalArgumentException("aheadPatience must not be negative: " + aheadPatience);
        }
    }

    /** The defaults for clients that are given up {@code disconnectTimeout} after they vanished, which takes a {@code keepAlive} to notice. */
    public static BusConfig forTimeouts(Duration disconnectTimeout, Duration keepAlive) {
        return new BusConfig(
                1000,
                64L * MEBIBYTE,
                minimumTailAge(disconnectTimeout, keepAlive),
                500_000,
                100_000,
                4 * MEBIBYTE,
                100_000,
                Math.min(Runtime.getRuntime().availableProcessors(), MAXIMUM_DEFAULT_LOOPS),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    /** The shortest {@code tailAge} that is safe: twice the time in which a client can come back. */
    public static Duration minimumTailAge(Duration disconnectTimeout, Duration keepAlive) {
        return disconnectTimeout.plus(keepAlive).multipliedBy(2);
    }

    /** A builder that begins with these values. */
    public Builder with() {
        return new Builder(this);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ": " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero: " + value);
        }
    }

    /** Collects changes to a configuration; {@link #build} checks them together. */
    public static final class Builder {
        private int messageBufferSize;
        private long tailBytes;
        private Duration tailAge;
        private int maxTopics;
        private int maxBacklog;
        private int maxMessageBytes;
        private int maxPendingAcknowledgements;
        private int loops;
        private Duration acknowledgementTimeout;
        private Duration sweepInterval;
        private Duration aheadPatience;

        private Builder(BusConfig from) {
            messageBufferSize = from.messageBufferSize;
            tailBytes = from.tailBytes;
            tailAge = from.tailAge;
            maxTopics = from.maxTopics;
            maxBacklog = from.maxBacklog;
            maxMessageBytes = from.maxMessageBytes;
            maxPendingAcknowledgements = from.maxPendingAcknowledgements;
            loops = from.loops;
            acknowledgementTimeout = from.acknowledgementTimeout;
            sweepInterval = from.sweepInterval;
            aheadPatience = from.aheadPatience;
        }

        public Builder messageBufferSize(int value) {
            messageBufferSize = value;
            return this;
        }

        public Builder tailBytes(long value) {
            tailBytes = value;
            return this;
        }

        public Builder tailAge(Duration value) {
            tailAge = value;
            return this;
        }

        public Builder maxTopics(int value) {
            maxTopics = value;
            return this;
        }

        public Builder maxBacklog(int value) {
            maxBacklog = value;
            return this;
        }

        public Builder maxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        public Builder maxPendingAcknowledgements(int value) {
            maxPendingAcknowledgements = value;
            return this;
        }

        public Builder loops(int value) {
            loops = value;
            return this;
        }

        public Builder acknowledgementTimeout(Duration value) {
            acknowledgementTimeout = value;
            return this;
        }

        public Builder sweepInterval(Duration value) {
            sweepInterval = value;
            return this;
        }

        public Builder aheadPatience(Duration value) {
            aheadPatience = value;
            return this;
        }

        /**
         * Checks and takes what was collected.
         *
         * @throws IllegalArgumentException naming the setting, its value and its limit
         */
        public BusConfig build() {
            return new BusConfig(
                    messageBufferSize,
                    tailBytes,
                    tailAge,
                    maxTopics,
                    maxBacklog,
                    maxMessageBytes,
                    maxPendingAcknowledgements,
                    loops,
                    acknowledgementTimeout,
                    sweepInterval,
                    aheadPatience);
        }
    }
}
