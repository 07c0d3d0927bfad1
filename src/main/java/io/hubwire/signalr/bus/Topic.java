package io.hubwire.signalr.bus;

import java.util.Arrays;

/** What one loop knows of one topic: an index into the tail, the members, and what the topic has lost. Confined to the loop. */
final class Topic {
    private static final Link[] NO_LINKS = {};

    final String name;
    final EntryRing payloads;
    final EntryRing commands;

    private final OffsetRing lost;
    private long uncountedThrough; // what was lost up to here cannot be counted
    private long lostCommands; // offset of the newest evicted command, or 0
    private long evicted; // offset of the newest entry that was evicted or may have been
    private long evictedNanos;
    private Link[] links = NO_LINKS;
    private volatile int linkCount; // written by the loop only

    /**
     * Creates an empty topic.
     *
     * @param lostBefore the highest offset that an earlier topic of this name has, or may have, lost
     * @param lostNanos when that message had come
     */
    Topic(String name, int limit, long lostBefore, long lostNanos) {
        this.name = name;
        this.payloads = new EntryRing(limit);
        this.commands = new EntryRing(limit);
        this.lost = new OffsetRing(limit);
        this.uncountedThrough = lostBefore;
        this.evicted = lostBefore;
        this.evictedNanos = lostNanos;
    }

    EntryRing ring(LogEntry entry) {
        return entry.message.isCommand() ? commands : payloads;
    }

    /** Takes the oldest entry of a ring out and remembers that it was there. */
    void evictFirst(EntryRing ring) {
        LogEntry entry = ring.removeFirst().entry;
        if (entry.message.isCommand()) {
            lostCommands = entry.offset;
        } else {
            lost.add(entry.offset).ifPresent(dropped -> uncountedThrough = dropped);
        }
        if (entry.offset > evicted) {
            evicted = entry.offset;
            evictedNanos = entry.nanos;
        }
    }

    /** The highest offset that was, or may have been, evicted; 0 if there was none. */
    long evicted() {
        return evicted;
    }

    /** When the message at {@link #evicted} had come. */
    long evictedNanos() {
        return evictedNanos;
    }

    /** The offset of the newest payload that was evicted; only when there was one. */
    long newestLost() {
        return lost.newest();
    }

    /** Whether commands after {@code offset} are gone. */
    boolean hasLostCommandsAfter(long offset) {
        return lostCommands > offset;
    }

    /** Adds the payloads in {@code (from, before)} that are gone. */
    void tallyLost(long from, long before, GapTally tally) {
        if (from < uncountedThrough) {
            tally.uncounted(Math.min(evicted, before));
            return;
        }
        int after = lost.countUpTo(before - 1);
        int count = after - lost.countUpTo(from);
        if (count > 0) {
            tally.lost(count, lost.get(after - 1));
        }
    }

    boolean isUnused() {
        return linkCount == 0 && payloads.isEmpty() && commands.isEmpty();
    }

    TopicLoad load() {
        return new TopicLoad(name, linkCount, payloads.size());
    }

    /** Safe for any thread. */
    int memberCount() {
        return linkCount;
    }

    /** Safe for any thread. */
    boolean hasMembers() {
        return linkCount > 0;
    }

    void add(Link link) {
        int count = linkCount;
        if (count == links.length) {
            links = Arrays.copyOf(links, Math.max(1, count * 2));
        }
        link.slot = count;
        links[count] = link;
        linkCount = count + 1;
    }

    /** Takes a member out; the last takes its place. */
    void remove(Link link) {
        int lastSlot = linkCount - 1;
        Link last = links[lastSlot];
        links[link.slot] = last;
        last.slot = link.slot;
        links[lastSlot] = null; // after the move: the last may be the one that goes, and nothing may hold it then
        link.slot = -1;
        linkCount = lastSlot;
        if (lastSlot == 0) {
            links = NO_LINKS;
        }
    }

    /** Tells every member that the payload {@code number} has come. */
    void notifyMembers(long number) {
        int count = linkCount;
        for (int i = 0; i < count; i++) {
            Link link = links[i];
            if (link.arrived(number)) {
                link.owner.moved(link);
            }
        }
    }

    /** The members at this moment, for callers whose work may change them. */
    Link[] members() {
        return Arrays.copyOf(links, linkCount);
    }
}
