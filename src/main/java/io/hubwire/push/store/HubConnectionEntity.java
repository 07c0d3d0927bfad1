package io.hubwire.push.store;

import io.hubwire.push.domain.ConnectionLease;
import io.hubwire.push.domain.LeaseHolder;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "hub_connection")
class HubConnectionEntity {
    @EmbeddedId
    Key key;

    @Column(nullable = false, length = 64)
    String node;

    @Column(nullable = false)
    long generation;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    protected HubConnectionEntity() {}

    HubConnectionEntity(ConnectionLease lease) {
        this.key = new Key(lease.userName(), lease.connectionId());
        take(lease);
    }

    final void take(ConnectionLease lease) {
        this.node = lease.holder().node();
        this.generation = lease.holder().generation();
        this.expiresAt = lease.expiresAt();
    }

    boolean isHeldBy(LeaseHolder holder) {
        return node.equals(holder.node()) && generation == holder.generation();
    }

    @Embeddable
    record Key(
            @Column(name = "user_name", length = 64) String userName,
            @Column(name = "connection_id", length = 128) String connectionId) {}
}
