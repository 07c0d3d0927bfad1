package io.hubwire.push.store;

import io.hubwire.push.domain.SharedFile;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The records of uploaded files. */
public final class SharedFiles {
    private final EntityManager entities;

    SharedFiles(EntityManager entities) {
        this.entities = entities;
    }

    /** The owner must exist. */
    public void add(SharedFile file) {
        AccountEntity owner = new Accounts(entities).required(file.owner().name());
        entities.persist(new SharedFileEntity(file, owner));
        entities.flush();
    }

    public Optional<SharedFile> find(UUID id) {
        return Optional.ofNullable(entities.find(SharedFileEntity.class, id)).map(SharedFileEntity::toSharedFile);
    }

    public boolean exists(UUID id) {
        return entities.find(SharedFileEntity.class, id) != null;
    }

    /** Of one owner, newest first, at most {@code limit}. */
    public List<SharedFile> newest(String owner, int limit) {
        return entities.createQuery(
                        "select f from SharedFileEntity f join fetch f.owner o where o.name = :owner"
                                + " order by f.uploadedAt desc, f.id desc",
                        SharedFileEntity.class)
                .setParameter("owner", owner)
                .setMaxResults(limit)
                .getResultStream()
                .map(SharedFileEntity::toSharedFile)
                .toList();
    }

    /** As {@link #newest}, of those uploaded before {@code file}. */
    public List<SharedFile> before(SharedFile file, int limit) {
        return entities.createQuery(
                        "select f from SharedFileEntity f join fetch f.owner o where o.name = :owner"
                                + " and (f.uploadedAt < :at or f.uploadedAt = :at and f.id < :id)"
                                + " order by f.uploadedAt desc, f.id desc",
                        SharedFileEntity.class)
                .setParameter("owner", file.owner().name())
                .setParameter("at", file.uploadedAt())
                .setParameter("id", file.id())
                .setMaxResults(limit)
                .getResultStream()
                .map(SharedFileEntity::toSharedFile)
                .toList();
    }

    /** What an owner has stored. */
    public Usage usage(String owner) {
        return entities.createQuery(
                        "select count(f), coalesce(sum(f.byteCount), 0) from SharedFileEntity f where f.owner.name = :owner",
                        Usage.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    /**
     * What an owner has stored.
     *
     * @param bytes of all files together
     */
    public record Usage(long files, long bytes) {}
}
