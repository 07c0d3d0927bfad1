package io.hubwire.signalr.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The topics of one subscription, now and, for as long as its reader is behind, in the past: a topic that was left remains until the reader has
 * passed the leave. Confined to the loop.
 */
final class Memberships {
    private final LoopSubscription owner;
    private final DeliveryLoop loop;
    private final String foldedIdentity;
    private final Map<String, Link> current = new HashMap<>();
    private final List<Link> departed = new ArrayList<>(0);
    private boolean reading = true; // payloads

    Memberships(LoopSubscription owner, DeliveryLoop loop, String identity) {
        this.owner = owner;
        this.loop = loop;
        this.foldedIdentity = LogEntry.fold(identity);
    }

    /** Why {@code policy} does not let the topic be joined at {@code offset}; empty if it does, or if the topic is there. */
    Optional<String> refusal(JoinPolicy policy, String topic, long offset) {
        if (current.containsKey(topic)) {
            return Optional.empty();
        }
        List<Membership> groups = new ArrayList<>(current.size());
        for (Link link : current.values()) {
            if (!link.isFixed()) {
                groups.add(link.membership());
            }
        }
        groups.add(new Membership(topic, offset));
        return policy.refusal(groups);
    }

    /** Adds a topic, unless it is there; {@code joinedAt} is {@link Link#ALWAYS} for one that cannot be left. */
    void join(String topic, long joinedAt) {
        if (!current.containsKey(topic)) {
            Link link = new Link(owner, loop.obtain(topic), joinedAt);
            current.put(topic, link);
            if (reading) {
                link.topic.add(link);
            } else {
                loop.release(link.topic);
            }
        }
    }

    /** Drops a topic that was joined. */
    void leave(String topic, long offset) {
        Link link = current.get(topic);
        if (link != null && !link.isFixed()) {
            current.remove(topic);
            unlink(link);
            if (reading) {
                link.leave(offset);
                departed.add(link);
            }
        }
    }

    /** Whether the topic is there by the join at {@code offset}. */
    boolean isJoinedAt(String topic, long offset) {
        Link link = current.get(topic);
        return link != null && link.joinedAt == offset;
    }

    /** The reader has passed everything up to {@code position}. */
    void passed(long position) {
        if (!departed.isEmpty()) {
            departed.removeIf(link -> link.leftAt() <= position && !link.hasUnread());
        }
    }

    /** Whether the owner must not get this payload, going by its topics at the payload's offset (protocol §7.4). */
    boolean exclude(LogEntry entry) {
        Set<String> exclusions = entry.message.exclusions();
        return entry.foldedExclusions.contains(foldedIdentity)
                || hasOneOf(exclusions, entry.offset)
                || hadOneOf(exclusions, entry.offset);
    }

    /** The joined topics at {@code position}. */
    List<Membership> at(long position) {
        List<Membership> joined = new ArrayList<>();
        for (Link link : current.values()) {
            addIfJoined(link, position, joined);
        }
        for (Link link : departed) {
            addIfJoined(link, position, joined);
        }
        return joined;
    }

    void forEach(Consumer<Link> action) {
        current.values().forEach(action);
        departed.forEach(action);
    }

    /** Takes the owner out of all topics but {@code kept}. From here on this only keeps count of what it would be a member of. */
    void stopReading(String kept) {
        reading = false;
        departed.clear();
        for (Link link : current.values()) {
            if (!link.topic.name.equals(kept)) {
                unlink(link);
            }
        }
    }

    /** Takes the owner out of all topics. */
    void unlinkAll() {
        current.values().forEach(this::unlink);
    }

    private void unlink(Link link) {
        if (link.slot >= 0) {
            link.topic.remove(link);
            loop.release(link.topic);
        }
    }

    /** Walks the smaller set. */
    private boolean hasOneOf(Set<String> exclusions, long offset) {
        if (exclusions.size() <= current.size()) {
            for (String exclusion : exclusions) {
                Link link = current.get(exclusion);
                if (link != null && link.covers(offset)) {
                    return true;
                }
            }
            return false;
        }
        return anyCovers(current.values(), exclusions, offset);
    }

    private boolean hadOneOf(Set<String> exclusions, long offset) {
        return !departed.isEmpty() && anyCovers(departed, exclusions, offset);
    }

    private static boolean anyCovers(Iterable<Link> links, Set<String> exclusions, long offset) {
        for (Link link : links) {
            if (link.covers(offset) && exclusions.contains(link.topic.name)) {
                return true;
            }
        }
        return false;
    }

    private static void addIfJoined(Link link, long position, List<Membership> joined) {
        if (!link.isFixed() && link.joinedAt <= position && position < link.leftAt()) {
            joined.add(link.membership());
        }
    }
}
