package io.hubwire.push.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** One row for each category that someone follows of someone, or one for everything. */
@Entity
@Table(name = "follow")
class FollowEntity {
    /** In place of a category: everything. A value and not null, so that it can be part of the key. */
    static final String EVERYTHING = "*";

    @EmbeddedId
    Key key;

    protected FollowEntity() {}

    FollowEntity(long followerId, long followeeId, String category) {
        this.key = new Key(followerId, followeeId, category);
    }

    @Embeddable
    record Key(
            @Column(name = "follower_id") long followerId,
            @Column(name = "followee_id") long followeeId,
            @Column(length = 32) String category) {}
}
