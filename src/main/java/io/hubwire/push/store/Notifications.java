package io.hubwire.push.store;

import io.hubwire.push.domain.Notification;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who was told of which file. */
public final class Notifications {
    /** Names in one statement: under the limits of parameters that databases have. */
    private static final int CHUNK = 500;

    private static final String SELECT =
            "select n from NotificationEntity n join fetch n.recipient r join fetch n.file f join fetch f.owner where ";

    private final EntityManager entities;

    Notifications(EntityManager entities) {
        this.entities = entities;
    }

    /** Tells each recipient of the file, and returns the notifications in the order of their ids. */
    public List<Notification> add(UUID fileId, List<String> recipients, Instant now) {
        for (int from = 0; from < recipients.size(); from += CHUNK) {
            insert(fileId, recipients.subList(from, Math.min(from + CHUNK, recipients.size())), now);
        }
        return ofFile(fileId);
    }

    /** Newest first, at most {@code limit}. */
    public List<Notification> newest(String recipient, int limit) {
        return before(recipient, Long.MAX_VALUE, limit);
    }

    /** As {@link #newest}, of those with an id below {@code before}. */
    public List<Notification> before(String recipient, long before, int limit) {
        return entities.createQuery(
                        SELECT + "r.name = :name and n.id < :before order by n.id desc", NotificationEntity.class)
                .setParameter("name", recipient)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultStream()
                .map(NotificationEntity::toNotification)
                .toList();
    }

    public long unread(String recipient) {
        return entities.createQuery(
                        "select count(n) from NotificationEntity n where n.recipient.name = :name and n.readAt is null",
                        Long.class)
                .setParameter("name", recipient)
                .getSingleResult();
    }

    /** Those of the ids that are the recipient's own and unread; others are left alone. */
    public void markRead(String recipient, Collection<Long> ids, Instant now) {
        entities.createQuery("update NotificationEntity n set n.readAt = :now where n.readAt is null and n.id in :ids"
                        + " and n.recipient = (select a from AccountEntity a where a.name = :name)")
                .setParameter("now", now)
                .setParameter("ids", ids)
                .setParameter("name", recipient)
                .executeUpdate();
    }

    public void markAllRead(String recipient, Instant now) {
        entities.createQuery("update NotificationEntity n set n.readAt = :now where n.readAt is null"
                        + " and n.recipient = (select a from AccountEntity a where a.name = :name)")
                .setParameter("now", now)
                .setParameter("name", recipient)
                .executeUpdate();
    }

    public boolean wasTold(String recipient, UUID fileId) {
        return entities.createQuery(
                                "select count(n) from NotificationEntity n"
                                        + " where n.recipient.name = :name and n.file.id = :file",
                                Long.class)
                        .setParameter("name", recipient)
                        .setParameter("file", fileId)
                        .getSingleResult()
                > 0;
    }

    /** How many people were told of each file; files of which nobody was told are absent. */
    public Map<UUID, Long> recipientCounts(Collection<UUID> fileIds) {
        return entities.createQuery(
                        "select n.file.id as file, count(n) as recipients from NotificationEntity n"
                                + " where n.file.id in :files group by n.file.id",
                        Tuple.class)
                .setParameter("files", fileIds)
                .getResultStream()
                .collect(
                        Collectors.toMap(row -> row.get("file", UUID.class), row -> row.get("recipients", Long.class)));
    }

    private void insert(UUID fileId, Collection<String> recipients, Instant now) {
        entities.createQuery("insert into NotificationEntity (recipient, file, createdAt)"
                        + " select a, f, :now from AccountEntity a, SharedFileEntity f"
                        + " where a.name in :names and f.id = :file")
                .setParameter("now", now)
                .setParameter("names", recipients)
                .setParameter("file", fileId)
                .executeUpdate();
    }

    private List<Notification> ofFile(UUID fileId) {
        return entities.createQuery(SELECT + "f.id = :file order by n.id", NotificationEntity.class)
                .setParameter("file", fileId)
                .getResultStream()
                .map(NotificationEntity::toNotification)
                .toList();
    }
}
