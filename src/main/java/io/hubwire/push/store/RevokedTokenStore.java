package io.hubwire.push.store;

import io.hubwire.push.domain.RevokedTokens;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** {@link RevokedTokens} in the database. */
public final class RevokedTokenStore implements RevokedTokens {
    private final Database database;

    public RevokedTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public void revoke(String tokenId, Instant expiresAt) {
        database.runWithEntities(entities -> entities.merge(new RevokedTokenEntity(tokenId, expiresAt)));
    }

    @Override
    public boolean revokeFirst(String tokenId, Instant expiresAt) {
        try {
            database.runWithEntities(entities -> entities.persist(new RevokedTokenEntity(tokenId, expiresAt)));
            return true;
        } catch (ConflictException anotherWasFirst) {
            return false;
        }
    }

    @Override
    public boolean isRevoked(String tokenId) {
        return database.callWithEntities(entities -> entities.find(RevokedTokenEntity.class, tokenId) != null);
    }

    public void forgetExpired(Instant now) {
        database.runWithEntities(entities -> delete(entities, now));
    }

    private static void delete(EntityManager entities, Instant now) {
        entities.createQuery("delete from RevokedTokenEntity t where t.expiresAt < :now")
                .setParameter("now", now)
                .executeUpdate();
    }
}
