package io.hubwire.signalr.connection;

import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** {@link SpentTickets} in the memory of this node, up to a limit. */
final class RememberedTickets implements SpentTickets {
    private final int limit;
    private final Clock clock;
    private final Metrics metrics;
    // Both guarded by this, and of the same tickets.
    private final Set<String> ids = new HashSet<>();
    private final PriorityQueue<Spent> soonestFirst = new PriorityQueue<>(Comparator.comparing(Spent::until));

    private record Spent(String id, Instant until) {}

    RememberedTickets(int limit, Clock clock, Metrics metrics) {
        this.limit = limit;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public synchronized Outcome spend(String id, Instant until) {
        forgetExpired();
        if (ids.contains(id)) {
            return Outcome.AGAIN;
        }
        if (ids.size() >= limit) {
            return Outcome.FULL;
        }
        ids.add(id);
        soonestFirst.add(new Spent(id, until));
        metrics.increment(Gauge.CONNECT_TICKETS_SPENT);
        return Outcome.FIRST;
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        while (!soonestFirst.isEmpty() && !now.isBefore(soonestFirst.peek().until())) {
            ids.remove(soonestFirst.poll().id());
            metrics.decrement(Gauge.CONNECT_TICKETS_SPENT);
        }
    }
}
