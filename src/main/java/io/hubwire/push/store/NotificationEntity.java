package io.hubwire.push.store;

import io.hubwire.push.domain.Notification;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.time.Instant;

@Entity
@Table(
        name = "notification",
        uniqueConstraints =
                @UniqueConstraint(
                        name = "notification_once",
                        columnNames = {"recipient_id", "file_id"}))
class NotificationEntity {
    /** Given by the database, so that the ids of all nodes increase together. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "recipient_id")
    AccountEntity recipient;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "file_id")
    SharedFileEntity file;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "read_at")
    Instant readAt;

    protected NotificationEntity() {}

    Notification toNotification() {
        return new Notification(id, recipient.name, file.toSharedFile(), createdAt, readAt != null);
    }
}
