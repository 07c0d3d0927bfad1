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
        if (remembered == null || !remembered.isOf(nodes)) {
            remembered = new Remembered(nodes.toArray(new TailNode[0]), create(nodes));
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
        LogEntry last = nodes.get(nodes.size() - 1).entry;
        return new Batch(List.copyOf(messages), new Cursor(epoch, last.offset).text(), last.mark);
    }

    private static int slot(List<TailNode> nodes) {
        long first = nodes.get(0).entry.offset;
        long last = nodes.get(nodes.size() - 1).entry.offset;
        long mixed = (first * 31 + last) * 31 + nodes.size();
        return (int) (mixed ^ mixed >>> 32) & (SLOTS - 1);
    }

    private static final class Remembered {
        private final TailNode[] nodes;
        private final Batch batch;

        Remembered(TailNode[] nodes, Batch batch) {
            this.nodes = nodes;
            this.batch = batch;
        }

        boolean isOf(List<TailNode> others) {
            if (nodes.length != others.size()) {
                return false;
            }
            for (int i = 0; i < nodes.length; i++) {
                if (nodes[i] != others.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
