package io.hubwire.signalr.bus;

import java.util.concurrent.CompletionStage;

/**
 * The log beneath a bus: gives every message an offset and hands all messages, in that order, to the bus of each node. A backplane is
 * one of these; {@link InMemoryLog} serves a single node.
 *
 * <p>Used by one bus. All methods but {@link #open} return at once and are safe for any thread, delivery loops included.
 */
public interface MessageLog extends AutoCloseable {

    /**
     * Where this node begins. Called once, before anything else; the only method that may block, for as long as connecting takes.
     */
    Origin open();

    /**
     * Begins to hand over messages, those of other nodes included, from the first after the origin. Called once, after {@link #open}.
     */
    void feed(LogListener listener);

    /**
     * Adds a message at the end. The stage completes with its offset once the log has it, in any thread; it fails with {@link BusException}
     * when the log cannot take it, and then nobody will receive it.
     */
    CompletionStage<Long> append(Message message);

    /**
     * Whether other processes append as well. Then a reconnecting client may know offsets that have not arrived here yet, and is made to wait for
     * them a little.
     */
    boolean isShared();

    /** Hands over nothing more once this has returned; later appends fail. Idempotent. */
    @Override
    void close();

    /**
     * Where a node begins.
     *
     * @param epoch identifies the log, the same for all its nodes; zero or more, drawn at random when the log is created, so that cursors from
     *     another log are recognised
     * @param floor the offset after which everything is handed over; zero for the whole log
     */
    record Origin(long epoch, long floor) {}
}
