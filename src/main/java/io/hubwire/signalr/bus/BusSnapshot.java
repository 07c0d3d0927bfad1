package io.hubwire.signalr.bus;

import java.util.List;

/**
 * What a node's bus holds at a moment. Its loops were asked one after another, so that the parts are not of the same instant.
 *
 * @param topics how many there are
 * @param retainedBytes held for those who come back
 * @param mostSubscribed topics with the most subscribers, the largest first
 * @param mostRetained topics that hold the most messages, the largest first
 * @param behind how many subscriptions have something unread, if only a message that is on its way
 * @param furthestBehind those with the oldest unread messages, the oldest first
 */
public record BusSnapshot(
        int topics,
        long retainedBytes,
        List<TopicLoad> mostSubscribed,
        List<TopicLoad> mostRetained,
        int behind,
        List<ReaderLag> furthestBehind) {

    /** Copies the lists. */
    public BusSnapshot {
        mostSubscribed = List.copyOf(mostSubscribed);
        mostRetained = List.copyOf(mostRetained);
        furthestBehind = List.copyOf(furthestBehind);
    }
}
