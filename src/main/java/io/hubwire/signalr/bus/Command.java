package io.hubwire.signalr.bus;

/** What a message may order. Commands travel through the log like payloads and take effect at their own offset, in replays too. */
public sealed interface Command {

    /**
     * The subscription adds {@code topic}; messages published to it before this command are not delivered.
     *
     * @param id names the acknowledgement
     */
    record Join(String topic, String id) implements Command {}

    /**
     * The subscription drops {@code topic}; messages published to it after this command are not delivered.
     *
     * @param id names the acknowledgement
     */
    record Leave(String topic, String id) implements Command {}

    /** The next frame is the first of this connection (protocol §5.2). */
    record Initialize() implements Command {}

    /** The connection ends because its client asked for it (protocol §5.5). */
    record Abort() implements Command {}

    /** The connection ends because the application wants it to; its client may come back. */
    record Disconnect() implements Command {}

    /** The node that applied a {@link Join} or {@link Leave} tells the node that waits for it. */
    record Acknowledge(String id) implements Command {}

    /**
     * The node that holds the subscription has not applied a {@link Join}, and tells the node that waits for it; and every later replay, which must not
     * apply it either. Travels in the topic of the join.
     *
     * @param join what was refused
     * @param offset of the join
     * @param reason names the limit and the value
     */
    record Refuse(Join join, long offset, String reason) implements Command {}
}
