package io.hubwire.signalr.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Reads what the topics of one subscription hold, in the order of the log. It keeps a position and, per topic, the first entry that it has not read,
 * never the entries themselves; so however slow it is, it costs the same. Confined to the loop.
 *
 * <p>While nothing is unread its position is the loop's head and moves with it, without anybody touching the reader.
 */
final class TailReader {
    private final DeliveryLoop loop;
    private final Memberships memberships;

    private Link unread; // the first of a chain of those that have something unread; null while there is nothing
    private long position; // what has been read; the truth only while something is unread, or while it does not follow
    private boolean following; // the log as it grows

    TailReader(DeliveryLoop loop, Memberships memberships) {
        this.loop = loop;
        this.memberships = memberships;
    }

    /** Everything up to here counts as read. */
    long position() {
        return following && unread == null ? loop.head() : position;
    }

    boolean hasUnread() {
        return unread != null;
    }

    /** Stands still at an offset. */
    void place(long offset) {
        position = offset;
    }

    /** From here on it goes with the log. */
    void follow() {
        following = true;
    }

    /** Stands still where it is, and gives up what is unread. */
    void stop() {
        position = position();
        following = false;
        unread = null;
    }

    /** Marks as unread what the topics hold after the position, and counts what they do not hold any more. */
    void rewind(GapTally tally) {
        memberships.forEach(link -> {
            link.topic.tallyLost(Math.max(position, link.joinedAt), link.leftAt(), tally);
            if (link.rewind(position)) {
                add(link);
            }
        });
    }

    /** The first unread entry of {@code link} has come; the loop's head is still the one before. */
    void moved(Link link) {
        if (unread == null) {
            position = loop.head();
        }
        add(link);
    }

    private void add(Link link) {
        link.nextUnread = unread;
        unread = link;
    }

    /** Takes those that have nothing unread any more out of the chain. */
    private void dropRead() {
        Link kept = null;
        for (Link link = unread; link != null; ) {
            Link next = link.nextUnread;
            link.nextUnread = null;
            if (link.hasUnread()) {
                link.nextUnread = kept;
                kept = link;
            }
            link = next;
        }
        unread = kept;
    }

    /* --- reading --- */

    /** Reads what is unread, and adds what is not excluded until there are {@code most}. Only while {@link #hasLost} is false. */
    void read(List<TailNode> nodes, int most) {
        if (unread == null) {
            return;
        }
        if (unread.nextUnread == null) {
            while (unread.hasUnread() && nodes.size() < most) {
                readOne(unread, nodes);
            }
        } else {
            readMerged(nodes, most);
        }
        dropRead();
        memberships.passed(position());
    }

    private void readMerged(List<TailNode> nodes, int most) {
        PriorityQueue<Link> merge = loop.merge();
        for (Link link = unread; link != null; link = link.nextUnread) {
            merge.add(link);
        }
        while (!merge.isEmpty() && nodes.size() < most) {
            Link link = merge.remove();
            readOne(link, nodes);
            if (link.hasUnread()) {
                merge.add(link);
            }
        }
    }

    private void readOne(Link link, List<TailNode> nodes) {
        TailNode node = link.peek();
        link.advance();
        position = node.entry.offset;
        if (!node.entry.hasExclusions() || !memberships.exclude(node.entry)) {
            nodes.add(node);
        }
    }

    /* --- losing --- */

    /** Whether something unread has been evicted. */
    boolean hasLost() {
        for (Link link = unread; link != null; link = link.nextUnread) {
            if (link.hasLost()) {
                return true;
            }
        }
        return false;
    }

    /** Moves past what was evicted; only while {@link #hasLost}. */
    Gap skipLost() {
        GapTally tally = new GapTally();
        for (Link link = unread; link != null; link = link.nextUnread) {
            link.skipEvicted(tally);
        }
        Gap gap = gap(tally);
        dropRead();
        return gap;
    }

    /** Gives up everything that is unread; only while there is something. */
    Gap skipAll() {
        GapTally tally = new GapTally();
        for (Link link = unread; link != null; link = link.nextUnread) {
            link.skipEvicted(tally);
            if (link.hasUnread()) {
                tally.lost(link.abandon(), loop.head());
            }
        }
        Gap gap = gap(tally);
        dropRead();
        memberships.passed(loop.head());
        return gap;
    }

    private Gap gap(GapTally tally) {
        return tally.gap(OptionalLong.of(position)).orElseThrow();
    }

    /** How far it is behind, if it is. */
    Optional<ReaderLag> lag(String identity) {
        if (unread == null) {
            return Optional.empty();
        }
        long messages = 0;
        LogEntry oldest = null;
        for (Link link = unread; link != null; link = link.nextUnread) {
            messages += link.unreadCount();
            Optional<LogEntry> entry = link.oldestUnread();
            if (entry.isPresent() && (oldest == null || entry.get().offset < oldest.offset)) {
                oldest = entry.get();
            }
        }
        long bytes = oldest == null ? 0 : loop.markNow().bytes() - oldest.mark.bytes() + oldest.weight;
        Duration age = oldest == null ? Duration.ZERO : Duration.ofNanos(loop.now() - oldest.nanos);
        return Optional.of(new ReaderLag(identity, messages, bytes, age));
    }
}
