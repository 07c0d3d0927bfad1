package io.hubwire.signalr.bus;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The largest of those that were offered, up to a number of them. For one thread. */
final class Largest<T> {
    private final int most;
    private final Comparator<T> order;
    private final PriorityQueue<T> kept;

    /** @param most 0 or more */
    Largest(int most, Comparator<T> order) {
        this.most = most;
        this.order = order;
        this.kept = new PriorityQueue<>(order);
    }

    void offer(T candidate) {
        if (kept.size() < most) {
            kept.add(candidate);
        } else if (most > 0 && order.compare(candidate, kept.element()) > 0) {
            kept.remove();
            kept.add(candidate);
        }
    }

    /** The largest first. */
    List<T> list() {
        return kept.stream().sorted(order.reversed()).toList();
    }
}
