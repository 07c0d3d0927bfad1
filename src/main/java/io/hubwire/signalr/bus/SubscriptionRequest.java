package io.hubwire.signalr.bus;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a subscriber wants.
 *
 * @param identity the connection id: exclusions name it, and its hash picks the loop
 * @param commandTopic the topic that carries this subscription's commands; among {@code topics}
 * @param topics the fixed topics
 * @param groups topics joined earlier, each with the offset of its join: a replay of that topic starts no earlier
 * @param groupsIssuedAt the cursor text at which {@code groups} was true: joins and leaves since then are applied from the log. Of another epoch (the
 *     server was restarted) it means that the groups were joined before this log began; empty when there are no groups to speak of
 * @param cursor where to go on; empty for 'from now'; unreadable, foreign or newer than the log means 'from now' and a gap of unknown size
 * @param maxMessages most payloads in one batch, at least 1
 * @param overflow what happens when the subscriber falls behind the tail
 * @param joins which joins are taken; {@code groups} are not asked about
 */
public record SubscriptionRequest(
        String identity,
        String commandTopic,
        Set<String> topics,
        List<Membership> groups,
        Optional<String> groupsIssuedAt,
        Optional<String> cursor,
        int maxMessages,
        OverflowPolicy overflow,
        JoinPolicy joins) {

    public SubscriptionRequest {
        topics = Set.copyOf(topics);
        groups = List.copyOf(groups);
        if (!topics.contains(commandTopic)) {
            throw new IllegalArgumentException("the command topic " + commandTopic + " is not among the topics");
        }
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages must be at least 1: " + maxMessages);
        }
    }
}
