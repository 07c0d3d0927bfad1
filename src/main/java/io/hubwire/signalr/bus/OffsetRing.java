package io.hubwire.signalr.bus;

import java.util.OptionalLong;

/** The newest of an increasing sequence of offsets, up to a limit. */
final class OffsetRing {
    private static final long[] NONE = {};
    private static final int INITIAL_SLOTS = 4;

    private final int limit;
    private long[] slots = NONE; // length is a power of two, or zero
    private int first;
    private int size;

    OffsetRing(int limit) {
        this.limit = limit;
    }

    /** Adds the highest offset; returns the lowest when it had to make way. */
    OptionalLong add(long offset) {
        OptionalLong dropped = OptionalLong.empty();
        if (size == limit) {
            dropped = OptionalLong.of(slots[first]);
            first = (first + 1) & (slots.length - 1);
            size--;
        } else if (size == slots.length) {
            grow();
        }
        slots[(first + size) & (slots.length - 1)] = offset;
        size++;
        return dropped;
    }

    /** How many of those held are at most {@code offset}. */
    int countUpTo(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The {@code index}th held, counted from the lowest. */
    long get(int index) {
        return slots[(first + index) & (slots.length - 1)];
    }

    /** The highest held; only when there is one. */
    long newest() {
        return get(size - 1);
    }

    private void grow() {
        long[] larger = new long[Math.max(INITIAL_SLOTS, slots.length * 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        slots = larger;
        first = 0;
    }
}
