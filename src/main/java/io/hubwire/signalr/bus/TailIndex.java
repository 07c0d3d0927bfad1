package io.hubwire.signalr.bus;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One loop's index of the newest part of the log: all entries within the limits of bytes and age, and the topics that point into them.
 *
 * <p><b>What is lost is remembered.</b> A topic knows what it evicted. A topic that vanishes (nothing held, no member) leaves a tombstone with the
 * highest offset that it evicted. A tombstone is dropped when a cursor below it would be older than the tail's age, or when there are too
 * many; then the {@code floor} rises to its offset, and a cursor below the floor is told of a gap of unknown size by every topic that has no better
 * knowledge. So a cursor younger than the tail's age is never told of a gap that is none (while there is room for tombstones), and
 * no cursor whatever misses a gap in silence.
 *
 * <p>Confined to the loop, but for {@link #topicCount}, {@link #knows}, {@link #hasMembers} and {@link #memberCount}.
 */
final class TailIndex {
    private final BusConfig config;
    private final long tailAgeNanos;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>(); // written by the loop only
    private final LinkedHashMap<String, Tombstone> tombstones = new LinkedHashMap<>();
    private volatile int topicCount; // written by the loop only
    private TailNode oldest;
    private TailNode newest;
    private long bytes;
    private long floor;

    private record Tombstone(long evicted, long evictedNanos) {}

    /** Creates an empty index of a log of which everything up to {@code floor} is unknown here. */
    TailIndex(BusConfig config, long floor) {
        this.config = config;
        this.tailAgeNanos = config.tailAge().toNanos();
        this.floor = floor;
    }

    /** Safe for any thread. */
    int topicCount() {
        return topicCount;
    }

    /** Safe for any thread. */
    boolean knows(String topic) {
        return topics.containsKey(topic);
    }

    /** Whether somebody is subscribed to {@code topic}; safe for any thread. */
    boolean hasMembers(String topic) {
        Topic found = topics.get(topic);
        return found != null && found.hasMembers();
    }

    /** How many are subscribed to {@code topic}; safe for any thread. */
    int memberCount(String topic) {
        Topic found = topics.get(topic);
        return found == null ? 0 : found.memberCount();
    }

    /** All topics; what is added or removed later may or may not be among them. */
    Iterator<Topic> iterator() {
        return topics.values().iterator();
    }

    /** What the entries weigh that are held. */
    long bytes() {
        return bytes;
    }

    /** Appends an entry, and evicts what no longer fits. */
    Topic add(LogEntry entry) {
        Topic topic = obtain(entry.message.topic(), entry.nanos);
        EntryRing ring = topic.ring(entry);
        if (ring.isFull()) {
            unlink(ring.get(ring.first()));
            topic.evictFirst(ring);
        }
        TailNode node = new TailNode(entry, topic);
        ring.add(node);
        append(node);
        while (bytes > config.tailBytes()) {
            evictOldest();
        }
        return topic;
    }

    /** Lets go of what is too old. */
    void evictOlderThanAllowed(long now) {
        while (oldest != null && now - oldest.entry.nanos > tailAgeNanos) {
            evictOldest();
        }
        Iterator<Tombstone> eldestFirst = tombstones.values().iterator();
        while (eldestFirst.hasNext() && dropIfTooOld(eldestFirst.next(), now)) {
            eldestFirst.remove();
        }
    }

    /** Finds or creates the topic. */
    Topic obtain(String name, long now) {
        Topic topic = topics.get(name);
        if (topic == null) {
            Tombstone before = tombstones.remove(name);
            topic = before == null
                    ? new Topic(name, config.messageBufferSize(), floor, now)
                    : new Topic(name, config.messageBufferSize(), before.evicted, before.evictedNanos);
            topics.put(name, topic);
            countTopic(1);
        }
        return topic;
    }

    /** To be called when a member has left: forgets the topic if nothing needs it. */
    void release(Topic topic, long now) {
        if (!topic.isUnused()) {
            return;
        }
        topics.remove(topic.name);
        countTopic(-1);
        if (topic.evicted() > floor) {
            bury(topic, now);
        }
    }

    /** Nothing is known any more. */
    void clear() {
        countTopic(-topicCount);
        topics.clear();
        oldest = null;
        newest = null;
    }

    private void bury(Topic topic, long now) {
        Tombstone stone = new Tombstone(topic.evicted(), topic.evictedNanos());
        if (dropIfTooOld(stone, now)) {
            return;
        }
        tombstones.put(topic.name, stone);
        if (tombstones.size() > config.maxTopics()) {
            Iterator<Tombstone> eldestFirst = tombstones.values().iterator();
            floor = Math.max(floor, eldestFirst.next().evicted);
            eldestFirst.remove();
        }
    }

    private boolean dropIfTooOld(Tombstone stone, long now) {
        if (now - stone.evictedNanos <= tailAgeNanos) {
            return false;
        }
        floor = Math.max(floor, stone.evicted);
        return true;
    }

    private void evictOldest() {
        TailNode node = oldest;
        Topic topic = node.topic;
        unlink(node);
        topic.evictFirst(topic.ring(node.entry)); // the oldest of all is the oldest of its topic
        release(topic, newestNanos(node));
    }

    private long newestNanos(TailNode evicted) {
        return newest == null ? evicted.entry.nanos : newest.entry.nanos;
    }

    private void append(TailNode node) {
        node.older = newest;
        if (newest == null) {
            oldest = node;
        } else {
            newest.newer = node;
        }
        newest = node;
        bytes += node.entry.weight;
    }

    private void unlink(TailNode node) {
        if (node.older == null) {
            oldest = node.newer;
        } else {
            node.older.newer = node.newer;
        }
        if (node.newer == null) {
            newest = node.older;
        } else {
            node.newer.older = node.older;
        }
        node.older = null; // whoever still holds the node must not hold the whole tail
        node.newer = null;
        bytes -= node.entry.weight;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void countTopic(int change) {
        topicCount += change;
    }
}
