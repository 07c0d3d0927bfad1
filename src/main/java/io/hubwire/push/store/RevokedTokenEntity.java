package io.hubwire.push.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "revoked_token")
class RevokedTokenEntity {
    @Id
    @Column(length = 64)
    String id;

    @Column(name = "expires_at", nullable = false)
    Instant expiresAt;

    protected RevokedTokenEntity() {}

    RevokedTokenEntity(String id, Instant expiresAt) {
        this.id = id;
        this.expiresAt = expiresAt;
    }
}
