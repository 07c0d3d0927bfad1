package io.hubwire.signalr.bus;

import java.util.Optional;

/**
 * One subscription's membership in one topic, over the offsets {@code (joinedAt, leftAt)}: both ends are commands, which the member itself does not
 * read. Confined to the loop.
 */
final class Link {
    /** The join of a fixed topic: before everything. */
    static final long ALWAYS = -1;

    private static final long NOTHING = -1;
    private static final long OPEN = Long.MAX_VALUE;

    final LoopSubscription owner;
    final Topic topic;
    final long joinedAt;
    /** Where the topic keeps it; the topic's business. */
    int slot = -1;
    /** The next in the owner's chain of those that have something unread; the owner's business. */
    Link nextUnread;

    private long leftAt = OPEN;
    private long end = OPEN;
    private long next = NOTHING;

    Link(LoopSubscription owner, Topic topic, long joinedAt) {
        this.owner = owner;
        this.topic = topic;
        this.joinedAt = joinedAt;
    }

    Membership membership() {
        return new Membership(topic.name, joinedAt);
    }

    long leftAt() {
        return leftAt;
    }

    boolean isFixed() {
        return joinedAt == ALWAYS;
    }

    boolean covers(long offset) {
        return joinedAt < offset && offset < leftAt;
    }

    /** Ends the membership; what came before and is unread stays to be read. */
    void leave(long offset) {
        leftAt = offset;
        end = topic.payloads.firstAfter(offset);
    }

    /** Whether there is something to read, or was before it was evicted. */
    boolean hasUnread() {
        return next != NOTHING;
    }

    /** Notes that {@code number} came; true if it is the first unread one. */
    boolean arrived(long number) {
        if (next != NOTHING) {
            return false;
        }
        next = number;
        return true;
    }

    /** Everything held after {@code offset} becomes unread; false if that is nothing. */
    boolean rewind(long offset) {
        long number = topic.payloads.firstAfter(Math.max(offset, joinedAt));
        next = number < Math.min(end, topic.payloads.next()) ? number : NOTHING;
        return next != NOTHING;
    }

    /** Moves past what was evicted before it could be read, and counts it. */
    void skipEvicted(GapTally tally) {
        long from = Math.min(topic.payloads.first(), end);
        if (next < from) {
            tally.lost(from - next, Math.min(topic.newestLost(), leftAt));
            next = from;
        }
        settle();
    }

    /** Whether something unread has been evicted. */
    boolean hasLost() {
        return next != NOTHING && next < topic.payloads.first();
    }

    /** The oldest unread entry; only while {@link #hasUnread} and after {@link #skipEvicted}. */
    TailNode peek() {
        return topic.payloads.get(next);
    }

    /** How many messages are unread, those evicted included. */
    long unreadCount() {
        return next == NOTHING ? 0 : Math.min(end, topic.payloads.next()) - next;
    }

    /** The oldest unread entry that is still held. */
    Optional<LogEntry> oldestUnread() {
        long number = Math.max(next, topic.payloads.first());
        return next != NOTHING && number < Math.min(end, topic.payloads.next())
                ? Optional.of(topic.payloads.get(number).entry)
                : Optional.empty();
    }

    /** The oldest unread entry is read. */
    void advance() {
        next++;
        settle();
    }

    /** Gives up what is unread; returns how many messages that is. */
    long abandon() {
        long unread = Math.min(end, topic.payloads.next()) - next;
        next = NOTHING;
        return unread;
    }

    private void settle() {
        if (next >= Math.min(end, topic.payloads.next())) {
            next = NOTHING;
        }
    }
}
