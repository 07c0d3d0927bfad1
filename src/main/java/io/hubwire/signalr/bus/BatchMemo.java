package io.hubwire.signalr.bus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hands the same {@link Batch} to all subscribers of a loop that get exactly the same messages, so that its frame is encoded once.
 * Remembers the last few sequences, not all. Confined to the loop.
 */
final class BatchMemo {
    private static final int SLOTS = 16; // a power of two

    private final long epoch;
    private final Remembered[] slots = new Remembered[SLOTS];

    BatchMemo(long epoch) {
        this.epoch = epoch;
    }

    /** Returns a batch of these entries, at least one. */
    Batch batch(List<TailNode> nodes) {
        int slot = slot(nodes);
        Remembered remembered = slots[slot];
        if (remembered == null || !remembered.nodes.equals(nodes)) {
            remembered = new Remembered(List.copyOf(nodes), create(nodes));
            slots[slot] = remembered;
        }
        return remembered.batch;
    }

    /** Lets go of everything. */
    void clear() {
        Arrays.fill(slots, null);
    }

    private Batch create(List<TailNode> nodes) {
        List<Message> messages = new ArrayList<>(nodes.size());
        for (TailNode node : nodes) {
            messages.add(node.entry.message);
        }
        long last = nodes.get(nodes.size() - 1).entry.offset;
        return new Batch(List.copyOf(messages), new Cursor(epoch, last).text());
    }

    private static int slot(List<TailNode> nodes) {
        long first = nodes.get(0).entry.offset;
        long last = nodes.get(nodes.size() - 1).entry.offset;
        long mixed = (first * 31 + last) * 31 + nodes.size();
        return (int) (mixed ^ mixed >>> 32) & (SLOTS - 1);
    }

    /** Nodes are compared by identity, which is what their {@code equals} does. */
    private record Remembered(List<TailNode> nodes, Batch batch) {}
}
