package io.hubwire.push.service;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.push.domain.ConnectionLease;
import io.hubwire.push.domain.LeaseHolder;
import io.hubwire.push.store.ConflictException;
import io.hubwire.push.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which SignalR connections a user has, on whatever node. A connection is leased to the node that saw it start or
 * reconnect; that node renews its leases in a sweep and gives them back when the connection ends. The leases of a node
 * that died expire. Blocking; thread-safe.
 */
public final class ConnectionLeases {
    private static final System.Logger LOG = System.getLogger(ConnectionLeases.class.getName());
    private static final int USERS_PER_QUERY = 500;

    private final Database database;
    private final LeaseHolder holder;
    private final Duration duration;
    private final Clock clock;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    /**
     * Leases are taken in the name of {@code holder}.
     *
     * @param duration of a lease; the sweep must come several times within it
     */
    public ConnectionLeases(Database database, LeaseHolder holder, Duration duration, Clock clock) {
        this.database = database;
        this.holder = holder;
        this.duration = duration;
        this.clock = clock;
    }

    /** A connection of the user is here now, new or come back from another node. Idempotent. */
    public void take(String userName, String connectionId) {
        var lease = new ConnectionLease(userName, connectionId, holder, expiry());
        try {
            write(lease);
        } catch (ConflictException writtenByAnotherNodeJustNow) {
            LOG.log(DEBUG, "lease written twice at once", writtenByAnotherNodeJustNow);
            write(lease);
        }
        held.add(new Held(userName, connectionId));
    }

    /** The connection ended here. Another node that took it meanwhile keeps it. Idempotent. */
    public void release(String userName, String connectionId) {
        held.remove(new Held(userName, connectionId));
        database.runInTransaction(stored -> stored.connections().remove(userName, connectionId, holder));
    }

    /** Connection ids by user; users without a live connection are absent. */
    public Map<String, List<String>> live(Collection<String> userNames) {
        List<String> names = List.copyOf(userNames);
        Map<String, List<String>> live = new HashMap<>();
        for (int from = 0; from < names.size(); from += USERS_PER_QUERY) {
            live.putAll(live(names.subList(from, Math.min(from + USERS_PER_QUERY, names.size())), clock.instant()));
        }
        return live;
    }

    /**
     * Renews this node's leases, then removes all that have expired. To be called several times within a lease's
     * duration. When it came too late all the same (a long pause, a database that was away), the leases of connections
     * that are still here are written again, unless another node has taken them.
     */
    public void sweep() {
        int renewed = database.inTransaction(stored -> {
            stored.connections().removeExpired(clock.instant());
            return stored.connections().renew(holder, expiry());
        });
        if (renewed < held.size()) {
            held.forEach(this::restore);
        }
    }

    /** Gives back what earlier runs of this node left behind. To be called once, before the first connection. */
    public void removePredecessors() {
        database.runInTransaction(stored -> stored.connections().removeOtherGenerations(holder));
    }

    private Map<String, List<String>> live(List<String> names, Instant now) {
        return database.inTransaction(stored -> stored.connections().live(new ArrayList<>(names), now));
    }

    private void write(ConnectionLease lease) {
        database.runInTransaction(stored -> stored.connections().write(lease));
    }

    private void restore(Held connection) {
        var lease = new ConnectionLease(connection.userName(), connection.connectionId(), holder, expiry());
        if (!database.inTransaction(stored -> stored.connections().writeIfAbsent(lease))) {
            held.remove(connection);
        } else if (!held.contains(connection)) {
            // It ended meanwhile.
            release(connection.userName(), connection.connectionId());
        }
    }

    private Instant expiry() {
        return clock.instant().plus(duration);
    }

    /** A connection that started or reconnected here and has not ended here. */
    private record Held(String userName, String connectionId) {}
}
