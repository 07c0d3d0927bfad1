package io.hubwire.signalr.bus;

import java.util.Optional;

/** Where a subscription begins, going by the cursors that its request came with. Confined to the loop. */
final class StartingPoint {
    private final DeliveryLoop loop;
    private final SubscriptionRequest request;
    private final Optional<Cursor> cursor; // of the request, if it belongs to this log
    private final Optional<Cursor> groupsIssuedAt; // likewise
    private long waitDeadlineNanos;

    /** Callable from any thread. */
    StartingPoint(DeliveryLoop loop, SubscriptionRequest request) {
        this.loop = loop;
        this.request = request;
        this.cursor = request.cursor().flatMap(this::ofThisLog);
        this.groupsIssuedAt = request.groupsIssuedAt().flatMap(this::ofThisLog);
    }

    private Optional<Cursor> ofThisLog(String text) {
        return Cursor.parse(text).filter(parsed -> parsed.epoch() == loop.epoch());
    }

    /** Where to begin. */
    sealed interface Start {
        /** After an offset that this log has given out. */
        record After(long offset) implements Start {}

        /** At the head, as asked. */
        record FromNow() implements Start {}

        /** At the head, because the cursor makes no sense here. */
        record Lost() implements Start {}

        /** Not yet: the cursor is ahead of this node, but may be another's. */
        record Wait() implements Start {}
    }

    /** The subscription has come to the loop: from here on its patience runs. */
    void arrived() {
        waitDeadlineNanos = loop.now() + loop.config().aheadPatience().toNanos();
    }

    /** What to do at this moment; {@link Start.Wait} until the patience is over, at the latest. */
    Start decide() {
        if ((isAhead(cursor) || isAhead(groupsIssuedAt)) && loop.mayArrive() && loop.now() - waitDeadlineNanos < 0) {
            return new Start.Wait();
        }
        if (request.cursor().isEmpty()) {
            return new Start.FromNow();
        }
        return cursor.isEmpty() || isAhead(cursor)
                ? new Start.Lost()
                : new Start.After(cursor.get().offset());
    }

    private boolean isAhead(Optional<Cursor> position) {
        return position.isPresent() && position.get().offset() > loop.head();
    }

    /** The offset after which commands may change the groups of the request. Without groups to speak of what was before {@code position} does not matter. */
    long groupsTrueAt(long position) {
        if (request.groupsIssuedAt().isEmpty()) {
            return position;
        }
        return groupsIssuedAt.map(Cursor::offset).orElse(0L);
    }

    /** From where on a group of the request is read. Offsets of another log mean nothing here: it was joined before this one began. */
    long joinedAt(Membership group) {
        return groupsIssuedAt.isPresent() ? Math.min(group.joinedAt(), loop.head()) : 0;
    }
}
