package io.hubwire.push.store;

import io.hubwire.push.domain.ConnectionLease;
import io.hubwire.push.domain.LeaseHolder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Leases on live SignalR connections, of all nodes. */
public final class HubConnections {
    private final EntityManager entities;

    HubConnections(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Writes the lease, or takes it over from whoever held it.
     *
     * @throws ConflictException at the end of the transaction, when two writers were the first for the same key at once; the
     *     loser may try again
     */
    public void write(ConnectionLease lease) {
        var key = new HubConnectionEntity.Key(lease.userName(), lease.connectionId());
        var held = entities.find(HubConnectionEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
        if (held == null) {
            entities.persist(new HubConnectionEntity(lease));
        } else {
            held.take(lease);
        }
    }

    /**
     * Writes the lease unless someone holds it.
     *
     * @return whether the lease's holder has it now: false when someone else does
     */
    public boolean writeIfAbsent(ConnectionLease lease) {
        var key = new HubConnectionEntity.Key(lease.userName(), lease.connectionId());
        var held = entities.find(HubConnectionEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
        if (held == null) {
            entities.persist(new HubConnectionEntity(lease));
        }
        return held == null || held.isHeldBy(lease.holder());
    }

    /** Only when {@code holder} wrote it last. */
    public void remove(String userName, String connectionId, LeaseHolder holder) {
        entities.createQuery("delete from HubConnectionEntity c where c.key.userName = :user"
                        + " and c.key.connectionId = :connection and c.node = :node and c.generation = :generation")
                .setParameter("user", userName)
                .setParameter("connection", connectionId)
                .setParameter("node", holder.node())
                .setParameter("generation", holder.generation())
                .executeUpdate();
    }

    /**
     * All that {@code holder} wrote last.
     *
     * @return how many there are
     */
    public int renew(LeaseHolder holder, Instant expiresAt) {
        return entities.createQuery("update HubConnectionEntity c set c.expiresAt = :expires"
                        + " where c.node = :node and c.generation = :generation")
                .setParameter("expires", expiresAt)
                .setParameter("node", holder.node())
                .setParameter("generation", holder.generation())
                .executeUpdate();
    }

    /**
     * Forgets those whose holder is gone.
     *
     * @return how many there were
     */
    public int removeExpired(Instant now) {
        return entities.createQuery("delete from HubConnectionEntity c where c.expiresAt < :now")
                .setParameter("now", now)
                .executeUpdate();
    }

    /** What earlier runs of the same node left behind. */
    public void removeOtherGenerations(LeaseHolder holder) {
        entities.createQuery("delete from HubConnectionEntity c where c.node = :node and c.generation <> :generation")
                .setParameter("node", holder.node())
                .setParameter("generation", holder.generation())
                .executeUpdate();
    }

    /** Ids of live connections, in a stable order, by user; users without one are absent. */
    public Map<String, List<String>> live(Collection<String> userNames, Instant now) {
        return entities.createQuery(
                        "select c.key from HubConnectionEntity c where c.key.userName in :users and c.expiresAt >= :now"
                                + " order by c.key.userName, c.key.connectionId",
                        HubConnectionEntity.Key.class)
                .setParameter("users", userNames)
                .setParameter("now", now)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        HubConnectionEntity.Key::userName,
                        Collectors.mapping(HubConnectionEntity.Key::connectionId, Collectors.toList())));
    }
}
