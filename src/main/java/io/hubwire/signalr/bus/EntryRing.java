package io.hubwire.signalr.bus;

/**
 * The newest entries of one topic, numbered from 0 in the order of the log. Numbers are never used again, so a reader that notes a
 * number knows later whether the entry is still there and, if not, how many it has missed. Grows up to its limit and gives its memory back when it is empty.
 */
final class EntryRing {
    private static final TailNode[] NONE = {};
    private static final int INITIAL_SLOTS = 4;

    private final int limit;
    private TailNode[] slots = NONE; // length is a power of two, or zero
    private long first;
    private long next;

    EntryRing(int limit) {
        this.limit = limit;
    }

    /** The number of the oldest entry held; equal to {@link #next} when there is none. */
    long first() {
        return first;
    }

    /** The number that the next entry will have. */
    long next() {
        return next;
    }

    int size() {
        return (int) (next - first);
    }

    boolean isEmpty() {
        return first == next;
    }

    boolean isFull() {
        return next - first == limit;
    }

    TailNode get(long number) {
        return slots[slot(number)];
    }

    void add(TailNode node) {
        if (next - first == slots.length) {
            grow();
        }
        slots[slot(next)] = node;
        next++;
    }

    TailNode removeFirst() {
        int slot = slot(first);
        TailNode node = slots[slot];
        slots[slot] = null;
        first++;
        if (isEmpty()) {
            slots = NONE;
        }
        return node;
    }

    /** The number of the oldest held entry after {@code offset}; {@link #next} when there is none. */
    long firstAfter(long offset) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).entry.offset <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int slot(long number) {
        return (int) number & (slots.length - 1);
    }

    private void grow() {
        TailNode[] larger = new TailNode[Math.max(INITIAL_SLOTS, slots.length * 2)];
        for (long number = first; number < next; number++) {
            larger[(int) number & (larger.length - 1)] = get(number);
        }
        slots = larger;
    }
}
