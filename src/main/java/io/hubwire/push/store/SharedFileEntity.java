package io.hubwire.push.store;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.SharedFile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@Entity
@Table(name = "shared_file")
class SharedFileEntity {
    @Id
    UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "owner_id")
    AccountEntity owner;

    @Column(nullable = false, length = 120)
    String name;

    @Column(name = "byte_count", nullable = false)
    long byteCount;

    @Column(name = "media_type", nullable = false, length = 127)
    String mediaType;

    @Column(nullable = false, length = 32)
    String category;

    @Column(length = 500)
    String note;

    @Column(name = "uploaded_at", nullable = false)
    Instant uploadedAt;

    protected SharedFileEntity() {}

    SharedFileEntity(SharedFile file, AccountEntity owner) {
        this.id = file.id();
        this.owner = owner;
        this.name = file.name();
        this.byteCount = file.size();
        this.mediaType = file.type();
        this.category = file.category().id();
        this.note = file.note().orElse(null);
        this.uploadedAt = file.uploadedAt();
    }

    SharedFile toSharedFile() {
        return new SharedFile(
                id,
                owner.toPerson(),
                name,
                byteCount,
                mediaType,
                Category.of(category).orElse(Category.OTHER),
                Optional.ofNullable(note),
                uploadedAt);
    }
}
