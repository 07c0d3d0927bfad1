package io.hubwire.signalr.bus;

import io.hubwire.signalr.metrics.Counter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A reader of the log that belongs to one loop. It holds a position and, per topic, the first entry that it has not read, never the entries themselves;
 * so however slow it is, it costs the same.
 *
 * <p>While nothing is unread its position is the loop's head and moves with it, without anybody touching the subscription.
 *
 * <p>Joins and leaves change the topics at once, at their own offset, and are acknowledged at once; the subscriber is told of them when it has passed
 * their offset, so that what {@link #memberships} says always fits {@link #position}.
 */
final class LoopSubscription implements Subscription {
    private static final long UNKNOWN = -1;
    private static final Batch NOTHING = new Batch(List.of(), "", null);

    private enum State {
        /** Nothing has been read yet: on its way to the loop, or the loop has not come as far as the cursor. */
        ATTACHING,
        /** Reads payloads and commands. */
        LIVE,
        /** A write has failed: commands only, at a frozen position. */
        COMMANDS_ONLY,
        /** Over; nothing is called back any more. */
        ENDED
    }

    private final DeliveryLoop loop;
    private final SubscriptionRequest request;
    private final Subscriber subscriber;
    private final Optional<Cursor> cursor; // of the request, if it belongs to this log
    private final Optional<Cursor> groupsIssuedAt; // likewise
    private final Memberships memberships;
    private final LoopWork readyWork = on -> onReady();
    private final Runnable readAction = this::deliver;
    private final int maxMessages;

    // Confined to the loop: ATTACHING → LIVE → COMMANDS_ONLY; any → ENDED, entered once
    private State state = State.ATTACHING;
    private Link unread; // the first of a chain of those that have something unread; null while there is nothing
    private Deque<Told> untold; // commands in force that the subscriber does not know; null until there are any
    private boolean writable = true;
    private boolean touched; // a batch is wanted, even an empty one
    private boolean tellsGroups; // the next batch may tell the groups, and must stand where they are true
    private boolean queued; // among the loop's readers
    private boolean failedEarly; // failed while attaching
    private long position; // what has been read; the truth only while something is unread, or after LIVE
    private long attachedAt;
    private long headAtFirst = UNKNOWN; // of a subscription that waits for the head
    private long waitDeadlineNanos;
    private boolean cursorIsGood; // the client has one, and not one from before the attach
    // Where the log stood at the client's cursor. Not a LogMark: a reference to a young object in an old one, written
    // with
    // every delivery, made a broadcast to 10,000 eight times as expensive under G1.
    private long sentEntries;
    private long sentBytes;
    private long sentNanos;

    private record Told(Command command, long offset) {}

    LoopSubscription(DeliveryLoop loop, SubscriptionRequest request, Subscriber subscriber) {
        this.loop = loop;
        this.request = request;
        this.subscriber = subscriber;
        this.maxMessages = request.maxMessages();
        this.cursor = request.cursor().flatMap(this::ofThisLog);
        this.groupsIssuedAt = request.groupsIssuedAt().flatMap(this::ofThisLog);
        this.memberships = new Memberships(this, loop, request.identity());
    }

    /* --- any thread --- */

    @Override
    public void ready() {
        if (loop.isCurrent()) {
            onReady();
        } else {
            loop.offer(readyWork);
        }
    }

    @Override
    public void failed() {
        onLoop(this::onFailed);
    }

    @Override
    public void execute(Runnable task) {
        onLoop(() -> guarded(task));
    }

    @Override
    public void touch() {
        onLoop(this::onTouch);
    }

    @Override
    public void close() {
        onLoop(this::end);
    }

    private void onLoop(Runnable action) {
        if (loop.isCurrent()) {
            action.run();
        } else {
            loop.offer(on -> action.run());
        }
    }

    /* --- for the subscriber, on the loop --- */

    @Override
    public String cursor() {
        return new Cursor(loop.epoch(), position()).text();
    }

    @Override
    public long position() {
        requireLoop();
        return state == State.LIVE && unread == null ? loop.head() : position;
    }

    @Override
    public long attachedAt() {
        requireLoop();
        return attachedAt;
    }

    @Override
    public List<Membership> memberships() {
        return memberships.at(position());
    }

    @Override
    public boolean cursorIsStale() {
        requireLoop();
        if (state != State.LIVE || !writable || unread != null) {
            return false;
        }
        return !cursorIsGood || loop.hasMovedAQuarterSince(sentEntries, sentBytes, sentNanos);
    }

    private void requireLoop() {
        if (!loop.isCurrent()) {
            throw new IllegalStateException("to be called on the delivery loop, not on " + Thread.currentThread());
        }
    }

    /* --- attaching --- */

    /** Runs on the loop when the subscription gets there, and again while it waits for the head. */
    void attach() {
        if (state != State.ATTACHING) {
            return;
        }
        if (headAtFirst == UNKNOWN) {
            arrive();
            if (start() instanceof Start.Wait) {
                loop.traceWait(this);
            }
        }
        guarded(() -> attachAt(start()));
    }

    private void arrive() {
        headAtFirst = loop.head();
        position = headAtFirst;
        waitDeadlineNanos = loop.now() + loop.config().aheadPatience().toNanos();
        loop.add(this);
        if (loop.isStopping()) {
            end();
        }
    }

    /** Where to begin. */
    private sealed interface Start {
        /** After an offset that this log has given out. */
        record After(long offset) implements Start {}

        /** At the head, as asked. */
        record FromNow() implements Start {}

        /** At the head, because the cursor makes no sense here. */
        record Lost() implements Start {}

        /** Not yet: the cursor is ahead of this node, but may be another's. */
        record Wait() implements Start {}
    }

    private Start start() {
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

    private boolean isAhead(Optional<Cursor> cursor) {
        return cursor.isPresent() && cursor.get().offset() > loop.head();
    }

    private Optional<Cursor> ofThisLog(String text) {
        return Cursor.parse(text).filter(parsed -> parsed.epoch() == loop.epoch());
    }

    private void attachAt(Start start) {
        if (state != State.ATTACHING) {
            return;
        }
        if (start instanceof Start.Wait) {
            loop.waitForHead(this);
            return;
        }
        GapTally tally = new GapTally();
        if (start instanceof Start.After after) {
            position = after.offset();
        } else if (start instanceof Start.Lost) {
            tally.uncounted(position);
        }
        state = State.LIVE;
        attachedAt = loop.head();
        tellsGroups = !request.groups().isEmpty();
        joinTopics();
        replayCommands(groupsTrueAt());
        rewind(tally);
        if (position == attachedAt && !(start instanceof Start.Lost)) {
            clientIsAt(loop.markNow());
        }
        Optional<Gap> missed =
                tally.gap(start instanceof Start.Lost ? OptionalLong.empty() : OptionalLong.of(position));
        missed.ifPresent(this::countGap);
        subscriber.onAttached(this, missed);
        if (unread == null) {
            tellCommands();
        }
        wake();
        if (failedEarly) {
            onFailed();
        }
    }

    private void joinTopics() {
        request.topics().forEach(topic -> memberships.join(topic, Link.ALWAYS));
        for (Membership group : request.groups()) { // offsets of another log mean nothing here: joined before it began
            memberships.join(group.topic(), groupsIssuedAt.isPresent() ? Math.min(group.joinedAt(), loop.head()) : 0);
        }
    }

    /** The offset after which commands may change the groups of the request. Without groups to speak of the past does not matter. */
    private long groupsTrueAt() {
        if (request.groupsIssuedAt().isEmpty()) {
            return position;
        }
        return groupsIssuedAt.map(Cursor::offset).orElse(0L);
    }

    /**
     * Commands up to the position are the past and change the groups only; those up to {@code issuedAt} are contained in the groups, and were answered
     * before these were issued; those that were refused never had an effect.
     */
    private void replayCommands(long issuedAt) {
        EntryRing commands = loop.obtain(request.commandTopic()).commands;
        long first = commands.firstAfter(Math.min(issuedAt, position));
        Set<Long> refused = refusedSince(commands, first);
        for (long i = first; i < commands.next(); i++) {
            LogEntry entry = commands.get(i).entry;
            Command command = entry.message.command();
            boolean contained = changesGroups(command) && entry.offset <= issuedAt;
            boolean applies = !contained && !refused.contains(entry.offset);
            if (applies && take(command, entry.offset) && entry.offset > position) {
                tellLater(new Told(command, entry.offset));
            }
        }
    }

    /** The offsets of the joins that were refused. */
    private static Set<Long> refusedSince(EntryRing commands, long first) {
        Set<Long> refused = new HashSet<>();
        for (long i = first; i < commands.next(); i++) {
            if (commands.get(i).entry.message.command() instanceof Command.Refuse refuse) {
                refused.add(refuse.offset());
            }
        }
        return refused;
    }

    /** Marks as unread what the topics hold after the position, and counts what they do not hold any more. */
    private void rewind(GapTally tally) {
        memberships.forEach(link -> {
            link.topic.tallyLost(Math.max(position, link.joinedAt), link.leftAt(), tally);
            if (link.rewind(position)) {
                addUnread(link);
            }
        });
        Topic commandTopic = loop.obtain(request.commandTopic());
        if (commandTopic.hasLostCommandsAfter(position)) {
            tally.uncounted(commandTopic.evicted());
        }
    }

    /* --- what the log brings --- */

    /** The first unread entry of {@code link} has come; the loop's head is still the one before. */
    void moved(Link link) {
        if (state != State.LIVE) {
            return;
        }
        if (unread == null) {
            position = loop.head();
        }
        addUnread(link);
        wake();
    }

    private void addUnread(Link link) {
        link.nextUnread = unread;
        unread = link;
    }

    /** Takes those that have nothing unread any more out of the chain. */
    private void dropRead() {
        Link kept = null;
        for (Link link = unread; link != null; ) {
            Link following = link.nextUnread;
            link.nextUnread = null;
            if (link.hasUnread()) {
                link.nextUnread = kept;
                kept = link;
            }
            link = following;
        }
        unread = kept;
    }

    /** A command has come in one of the topics. */
    void command(LogEntry entry) {
        if (state == State.ENDED || !entry.message.topic().equals(request.commandTopic())) {
            return;
        }
        guarded(() -> takeAndTell(entry.message.command(), entry.offset));
    }

    private void takeAndTell(Command command, long offset) {
        if (command instanceof Command.Refuse refuse) {
            undo(refuse, offset);
        } else if (take(command, offset)) {
            tellInPlace(new Told(command, offset));
        }
    }

    /** Carries out what changes the groups, and answers it; false if there is nothing to tell the subscriber. */
    private boolean take(Command command, long offset) {
        if (command instanceof Command.Join join) {
            return join(join, offset);
        }
        if (command instanceof Command.Leave leave) {
            memberships.leave(leave.topic(), offset);
            loop.acknowledge(leave.id());
        }
        return !(command instanceof Command.Refuse);
    }

    private boolean join(Command.Join join, long offset) {
        Optional<String> refusal = memberships.refusal(request.joins(), join.topic(), offset);
        if (refusal.isEmpty()) {
            memberships.join(join.topic(), offset);
            loop.acknowledge(join.id());
        } else if (state
                == State.LIVE) { // otherwise the client may live on elsewhere, in fewer groups: whoever reads for it
            // says
            loop.refuse(request.commandTopic(), new Command.Refuse(join, offset, refusal.get()));
        }
        return refusal.isEmpty();
    }

    /** Another subscription of this client was in more groups, and was asked first. */
    private void undo(Command.Refuse refuse, long offset) {
        Command.Join join = refuse.join();
        if (memberships.isJoinedAt(join.topic(), refuse.offset())) {
            memberships.leave(join.topic(), offset);
            tellInPlace(new Told(new Command.Leave(join.topic(), join.id()), offset));
        }
    }

    private static boolean changesGroups(Command command) {
        return command instanceof Command.Join || command instanceof Command.Leave;
    }

    private void tellInPlace(Told told) {
        boolean overtakes = state == State.LIVE && unread != null && changesGroups(told.command);
        if (overtakes && (untold == null || untold.size() < loop.config().messageBufferSize())) {
            tellLater(told);
            return;
        }
        if (overtakes) {
            overflow();
        }
        if (state != State.ENDED) {
            tell(told);
            wake();
        }
    }

    private void tellLater(Told told) {
        if (untold == null) {
            untold = new ArrayDeque<>();
        }
        untold.add(told);
    }

    /** Too far behind in commands: gives up what is unread. */
    private void overflow() {
        GapTally tally = new GapTally();
        for (Link link = unread; link != null; link = link.nextUnread) {
            link.skipEvicted(tally);
            if (link.hasUnread()) {
                tally.lost(link.abandon(), loop.head());
            }
        }
        Gap gap = tally.gap(OptionalLong.of(position)).orElseThrow();
        dropRead();
        memberships.passed(loop.head());
        fellBehind(gap);
        tellCommands();
    }

    /* --- reading --- */

    private void onReady() {
        writable = true;
        wake();
    }

    private void onTouch() {
        touched = true;
        wake();
    }

    private void wake() {
        if (!queued && canRead()) {
            queued = true;
            loop.enqueue(this);
        }
    }

    private boolean canRead() {
        return state == State.LIVE && writable && (touched || unread != null);
    }

    /** One batch, if there is something to deliver. */
    void read() {
        queued = false;
        if (canRead()) {
            guarded(readAction);
        }
    }

    private void deliver() {
        skipLost();
        if (state != State.LIVE) {
            return;
        }
        List<TailNode> nodes = loop.scratch();
        take(nodes);
        Batch shared = nodes.isEmpty() ? NOTHING : loop.memo().batch(nodes); // callbacks may not touch the nodes
        tellCommands();
        if (state == State.LIVE && (touched || shared != NOTHING)) {
            hand(shared == NOTHING || tellsGroups ? own(shared) : shared);
        }
        wake();
    }

    /** For this subscriber alone, and at its very position. */
    private Batch own(Batch shared) {
        return new Batch(shared.messages(), cursor(), shared == NOTHING ? loop.markNow() : shared.mark());
    }

    private void hand(Batch batch) {
        touched = false;
        tellsGroups = false;
        writable = false;
        clientIsAt(batch.mark());
        loop.countDelivered(batch.messages().size());
        subscriber.onBatch(batch);
    }

    private void clientIsAt(LogMark mark) {
        cursorIsGood = true;
        sentEntries = mark.entries();
        sentBytes = mark.bytes();
        sentNanos = mark.nanos();
    }

    /** Reads unread entries in log order, at most one batch full. */
    private void take(List<TailNode> nodes) {
        if (unread == null) {
            return;
        }
        if (unread.nextUnread == null) {
            while (unread.hasUnread() && nodes.size() < maxMessages) {
                takeOne(unread, nodes);
            }
        } else {
            takeMerged(nodes);
        }
        dropRead();
        memberships.passed(position());
    }

    private void takeMerged(List<TailNode> nodes) {
        PriorityQueue<Link> merge = loop.merge();
        for (Link link = unread; link != null; link = link.nextUnread) {
            merge.add(link);
        }
        while (!merge.isEmpty() && nodes.size() < maxMessages) {
            Link link = merge.remove();
            takeOne(link, nodes);
            if (link.hasUnread()) {
                merge.add(link);
            }
        }
    }

    private void takeOne(Link link, List<TailNode> nodes) {
        TailNode node = link.peek();
        link.advance();
        position = node.entry.offset;
        if (!node.entry.hasExclusions() || !memberships.exclude(node.entry)) {
            nodes.add(node);
        }
    }

    private void skipLost() {
        if (!hasLost()) {
            return;
        }
        GapTally tally = new GapTally();
        for (Link link = unread; link != null; link = link.nextUnread) {
            link.skipEvicted(tally);
        }
        Gap gap = tally.gap(OptionalLong.of(position)).orElseThrow();
        dropRead();
        fellBehind(gap);
    }

    private boolean hasLost() {
        for (Link link = unread; link != null; link = link.nextUnread) {
            if (link.hasLost()) {
                return true;
            }
        }
        return false;
    }

    /** Ends a reader that has fallen behind, even if it never becomes writable again. */
    void checkOverflow() {
        if (state == State.LIVE && request.overflow() == OverflowPolicy.DISCONNECT) {
            guarded(this::skipLost);
        }
    }

    /** How far it is behind, if it is. */
    Optional<ReaderLag> lag() {
        if (state != State.LIVE || unread == null) {
            return Optional.empty();
        }
        long messages = 0;
        LogEntry oldest = null;
        for (Link link = unread; link != null; link = link.nextUnread) {
            messages += link.unreadCount();
            Optional<LogEntry> entry = link.oldestUnread();
            if (entry.isPresent() && (oldest == null || entry.get().offset < oldest.offset)) {
                oldest = entry.get();
            }
        }
        long bytes = oldest == null ? 0 : loop.markNow().bytes() - oldest.mark.bytes() + oldest.weight;
        Duration age = oldest == null ? Duration.ZERO : Duration.ofNanos(loop.now() - oldest.nanos);
        return Optional.of(new ReaderLag(request.identity(), messages, bytes, age));
    }

    /* --- telling the subscriber --- */

    private void fellBehind(Gap gap) {
        countGap(gap);
        subscriber.onGap(gap);
        if (request.overflow() == OverflowPolicy.DISCONNECT) {
            end();
        }
    }

    private void countGap(Gap gap) {
        loop.metrics().add(Counter.CONNECTION_MESSAGES_MISSED, gap.count().orElse(0));
    }

    /** Tells the commands that the reader has passed. */
    private void tellCommands() {
        while (hasUntold() && untold.peek().offset <= position()) {
            tell(untold.remove());
        }
    }

    private void tell(Told told) {
        tellsGroups |= changesGroups(told.command);
        if (subscriber.onCommand(told.command, told.offset)) {
            touched = true;
        }
    }

    /* --- ending --- */

    private void onFailed() {
        if (state == State.ATTACHING) {
            failedEarly = true;
        } else if (state == State.LIVE) {
            position = position();
            state = State.COMMANDS_ONLY;
            unread = null;
            memberships.stopReading(request.commandTopic());
            guarded(this::tellRemaining);
        }
    }

    private void tellRemaining() {
        while (hasUntold()) {
            tell(untold.remove());
        }
    }

    private boolean hasUntold() {
        return untold != null && !untold.isEmpty();
    }

    /** Ends the subscription, whatever it was doing. */
    void end() {
        if (state == State.ENDED) {
            return;
        }
        position = position();
        state = State.ENDED;
        unread = null;
        untold = null;
        memberships.unlinkAll();
        if (headAtFirst != UNKNOWN) {
            loop.remove(this);
        }
        try {
            subscriber.onDetached();
        } catch (RuntimeException | Error e) {
            report(e);
        }
    }

    private void guarded(Runnable callback) {
        if (state == State.ENDED) {
            return;
        }
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            report(e);
            end();
        }
    }

    /** For traces. */
    @Override
    public String toString() {
        return "The subscription " + request.commandTopic();
    }

    private void report(Throwable failure) {
        loop.metrics().error(Counter.ERRORS_ALL, "SignalR.MessageBus", "A subscriber failed", failure);
        loop.trace()
                .log(Level.ERROR, "a subscriber failed; its subscription " + request.commandTopic() + " ends", failure);
    }
}
