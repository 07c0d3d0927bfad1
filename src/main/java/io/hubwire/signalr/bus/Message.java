package io.hubwire.signalr.bus;

import java.util.Objects;
import java.util.Set;

/**
 * What is published: a payload for the clients that subscribe to a topic, or a command for the subscription that listens to it. Immutable.
 *
 * @param topic the signal, case-sensitive (protocol §7.1)
 * @param payload JSON in UTF-8, serialized once for all receivers and never changed afterwards; empty for commands
 * @param command what a receiver does with it, or null for a payload
 * @param exclusions connection ids and topics; a receiver that has one of them drops the payload (protocol §7.4)
 */
// The array is handed from publisher to every receiver without a copy; nobody compares messages by value.
@SuppressWarnings("ArrayRecordComponent")
public record Message(String topic, byte[] payload, Command command, Set<String> exclusions) {

    private static final byte[] NO_PAYLOAD = {};

    public Message {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        exclusions = Set.copyOf(exclusions);
    }

    /** A payload for everyone who subscribes to {@code topic}. */
    public static Message of(String topic, byte[] payload) {
        return new Message(topic, payload, null, Set.of());
    }

    /** A payload for everyone who subscribes to {@code topic} and is not excluded. */
    public static Message of(String topic, byte[] payload, Set<String> exclusions) {
        return new Message(topic, payload, null, exclusions);
    }

    /** A command; it is applied at its own offset and never written to a client. */
    public static Message of(String topic, Command command) {
        return new Message(topic, NO_PAYLOAD, Objects.requireNonNull(command, "command"), Set.of());
    }

    /** Whether this is a command rather than a payload. */
    public boolean isCommand() {
        return command != null;
    }
}
