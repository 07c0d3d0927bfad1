package io.hubwire.signalr.bus;

import java.util.List;

/**
 * A subscriber's handle. Methods are safe for any thread unless they say otherwise; calls from other threads than the loop take
 * effect on the loop, in order.
 */
public interface Subscription {

    /**
     * The batch was written; the next may come. A subscription begins ready. Called on the loop it costs nothing, and inside {@code onBatch} it
     * does not recurse.
     */
    void ready();

    /** Writing failed: from now on commands only, until closed. */
    void failed();

    /** Runs {@code task} on the loop, after what was asked before; at once when called on the loop. Dropped after the end. */
    void execute(Runnable task);

    /** Asks for a batch, even an empty one. */
    void touch();

    /** Ends the subscription. Idempotent; on the loop nothing is called back after {@code onDetached}, which comes before this returns. */
    void close();

    /** Loop only. The cursor of a client that has received everything delivered so far. */
    String cursor();

    /** Loop only. The offset that {@link #cursor} stands for. */
    long position();

    /** Loop only. The offset of the newest message that the log held when the subscription was attached: what came up to there is a replay. */
    long attachedAt();

    /**
     * Loop only. Whether nothing was delivered while the log moved by a quarter of its retention (in messages of one topic, bytes or age), or since an
     * attach behind its head: then {@link #touch} in place of a keep-alive gives the client a fresh cursor, so that an idle client's cursor
     * never falls out of the tail.
     */
    boolean cursorIsStale();

    /**
     * Loop only. The topics joined by command as of {@link #position}: a join or leave ahead of it is in force, but does not count yet, so that what a
     * client is told of its groups always fits its cursor. Not kept up after {@link #failed}.
     */
    List<Membership> memberships();
}
