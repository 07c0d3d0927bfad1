package io.hubwire.signalr.bus;

import java.util.Optional;

/**
 * Receives what a subscription delivers. All methods are called on the subscription's delivery loop, one at a time, and must neither
 * block nor run user code. An exception ends the subscription (it is logged, and {@link #onDetached} follows).
 */
public interface Subscriber {

    /**
     * The subscription is attached; comes first and once, before the replay. From here on {@link Subscription} answers its loop-only questions.
     *
     * @param missed what the cursor of the request has missed for good, if anything; {@link #onGap} is not called for it as well
     */
    void onAttached(Subscription subscription, Optional<Gap> missed);

    /**
     * The next messages in log order. No further batch comes before {@link Subscription#ready}. The batch may be empty: then only
     * its cursor matters (a command asked for a frame, or the cursor was growing stale).
     */
    void onBatch(Batch batch);

    /**
     * A command. Comes at once, also while a batch is being written and after {@link Subscription#failed}, with two exceptions that come
     * when {@link Subscription#position} has passed their offset: replayed commands, and a {@code Join} or {@code Leave} that overtakes unread
     * messages. These two are in force since their own offset, and acknowledged already.
     *
     * @return whether a batch should follow soon, even an empty one
     */
    boolean onCommand(Command command, long offset);

    /** Messages are lost; comes before the batch that follows the gap. */
    void onGap(Gap gap);

    /** The subscription has ended: closed, bus closed, overflow policy, or a callback threw. Comes once, last. */
    void onDetached();
}
