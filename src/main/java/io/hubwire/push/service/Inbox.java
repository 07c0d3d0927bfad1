package io.hubwire.push.service;

import io.hubwire.push.domain.Notification;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.Notifications;
import io.hubwire.push.store.Repositories;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** What people were told. Blocking; thread-safe. */
public final class Inbox {
    private final Database database;
    private final Clock clock;

    public Inbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Newest first.
     *
     * @param before only items with an id below it; empty from the newest on
     * @param limit at least 1
     */
    public Page page(String me, OptionalLong before, int limit) {
        return database.inTransaction(stored -> page(stored.notifications(), me, before, limit));
    }

    public long unread(String me) {
        return database.inTransaction(stored -> stored.notifications().unread(me));
    }

    /** Idempotent; ids of others are ignored. Returns how many remain unread. */
    public long markRead(String me, Collection<Long> ids) {
        return database.inTransaction(stored -> {
            stored.notifications().markRead(me, ids, clock.instant());
            return stored.notifications().unread(me);
        });
    }

    /** Idempotent. Returns how many remain unread. */
    public long markAllRead(String me) {
        return database.inTransaction(stored -> markAllRead(stored, me));
    }

    private long markAllRead(Repositories stored, String me) {
        stored.notifications().markAllRead(me, clock.instant());
        return stored.notifications().unread(me);
    }

    private static Page page(Notifications notifications, String me, OptionalLong before, int limit) {
        List<Notification> found = before.isPresent()
                ? notifications.before(me, before.getAsLong(), limit + 1)
                : notifications.newest(me, limit + 1);
        return new Page(
                notifications.unread(me),
                found.stream().limit(limit).map(InboxItem::of).toList(),
                found.size() > limit);
    }

    /**
     * Some of the inbox, newest first.
     *
     * @param unread in the whole inbox, not in this page
     * @param more whether there are older ones
     */
    public record Page(long unread, List<InboxItem> items, boolean more) {}
}
