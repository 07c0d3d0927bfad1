package io.hubwire.signalr.bus;

import io.hubwire.signalr.bus.GroupCommands.Told;
import io.hubwire.signalr.bus.StartingPoint.Start;
import io.hubwire.signalr.metrics.Counter;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One subscriber's place on a loop: attaches it, lets it read when there is something to read and the last batch is written, tells it of commands, and
 * ends it. {@link StartingPoint} says where it begins, {@link TailReader} reads, {@link GroupCommands} change its topics.
 *
 * <p>Joins and leaves change the topics at once, at their own offset, and are acknowledged at once; the subscriber is told of them when it has passed
 * their offset, so that what {@link #memberships} says always fits {@link #position}.
 */
final class LoopSubscription implements Subscription {
    private static final Batch NOTHING = new Batch(List.of(), "", null);

    private enum State {
        /** On its way to the loop. */
        COMING,
        /** Nothing has been read yet: the loop has not come as far as the cursor. */
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
    private final StartingPoint start;
    private final Memberships memberships;
    private final GroupCommands groups;
    private final TailReader reader;
    private final ClientMark client = new ClientMark();
    private final LoopWork readyWork = on -> onReady();
    private final Runnable readAction = this::deliver;

    // Confined to the loop: COMING → ATTACHING → LIVE → COMMANDS_ONLY; any → ENDED, entered once
    private State state = State.COMING;
    private Deque<Told> untold; // commands in force that the subscriber does not know; null until there are any
    private boolean writable = true;
    private boolean touched; // a batch is wanted, even an empty one
    private boolean tellsGroups; // the next batch may tell the groups, and must stand where they are true
    private boolean queued; // among the loop's readers
    private boolean failedEarly; // failed while attaching
    private long attachedAt;

    LoopSubscription(DeliveryLoop loop, SubscriptionRequest request, Subscriber subscriber) {
        this.loop = loop;
        this.request = request;
        this.subscriber = subscriber;
        this.start = new StartingPoint(loop, request);
        this.memberships = new Memberships(this, loop, request.identity());
        this.groups = new GroupCommands(loop, request, memberships);
        this.reader = new TailReader(loop, memberships);
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
        return reader.position();
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
        return state == State.LIVE && writable && !reader.hasUnread() && client.isStale(loop);
    }

    private void requireLoop() {
        if (!loop.isCurrent()) {
            throw new IllegalStateException("to be called on the delivery loop, not on " + Thread.currentThread());
        }
    }

    /* --- attaching --- */

    /** Runs on the loop when the subscription gets there, and again while it waits for the head. */
    void attach() {
        if (state == State.COMING) {
            arrive();
        }
        if (state == State.ATTACHING) {
            guarded(() -> attachAt(start.decide()));
        }
    }

    private void arrive() {
        state = State.ATTACHING;
        reader.place(loop.head());
        start.arrived();
        loop.add(this);
        if (loop.isStopping()) {
            end();
        } else if (start.decide() instanceof Start.Wait) {
            loop.traceWait(this);
        }
    }

    private void attachAt(Start where) {
        if (where instanceof Start.Wait) {
            loop.waitForHead(this);
            return;
        }
        GapTally tally = new GapTally();
        if (where instanceof Start.After after) {
            reader.place(after.offset());
        } else if (where instanceof Start.Lost) {
            tally.uncounted(reader.position());
        }
        goLive(reader.position(), tally, where instanceof Start.Lost);
    }

    /**
     * Begins to read.
     *
     * @param from after which offset
     * @param tally of what is lost by the cursor
     * @param lost whether the client's cursor makes no sense here
     */
    private void goLive(long from, GapTally tally, boolean lost) {
        state = State.LIVE;
        attachedAt = loop.head();
        tellsGroups = !request.groups().isEmpty();
        request.topics().forEach(topic -> memberships.join(topic, Link.ALWAYS));
        request.groups().forEach(group -> memberships.join(group.topic(), start.joinedAt(group)));
        groups.replay(start.groupsTrueAt(from), from).forEach(this::tellLater);
        reader.rewind(tally);
        reader.follow();
        tallyLostCommands(from, tally);
        if (from == attachedAt && !lost) {
            client.move(loop.markNow());
        }
        Optional<Gap> missed = tally.gap(lost ? OptionalLong.empty() : OptionalLong.of(from));
        missed.ifPresent(this::countGap);
        subscriber.onAttached(this, missed);
        if (!reader.hasUnread()) {
            tellCommands();
        }
        wake();
        if (failedEarly) {
            onFailed();
        }
    }

    private void tallyLostCommands(long from, GapTally tally) {
        Topic commandTopic = loop.obtain(request.commandTopic());
        if (commandTopic.hasLostCommandsAfter(from)) {
            tally.uncounted(commandTopic.evicted());
        }
    }

    /* --- what the log brings --- */

    /** The first unread entry of {@code link} has come; the loop's head is still the one before. */
    void moved(Link link) {
        if (state == State.LIVE) {
            reader.moved(link);
            wake();
        }
    }

    /** A command has come in one of the topics. */
    void command(LogEntry entry) {
        if (state == State.ENDED || !entry.message.topic().equals(request.commandTopic())) {
            return;
        }
        guarded(() -> carryOut(entry.message.command(), entry.offset));
    }

    private void carryOut(Command command, long offset) {
        groups.carryOut(command, offset, state == State.LIVE).ifPresent(this::tellInPlace);
    }

    private void tellInPlace(Told told) {
        boolean overtakes = state == State.LIVE && reader.hasUnread() && told.changesGroups();
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
        fellBehind(reader.skipAll());
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
        return state == State.LIVE && writable && (touched || reader.hasUnread());
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
        reader.read(nodes, request.maxMessages());
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
        client.move(batch.mark());
        loop.countDelivered(batch.messages().size());
        subscriber.onBatch(batch);
    }

    private void skipLost() {
        if (reader.hasLost()) {
            fellBehind(reader.skipLost());
        }
    }

    /** Ends a reader that has fallen behind, even if it never becomes writable again. */
    void checkOverflow() {
        if (state == State.LIVE && request.overflow() == OverflowPolicy.DISCONNECT) {
            guarded(this::skipLost);
        }
    }

    /** How far it is behind, if it is. */
    Optional<ReaderLag> lag() {
        return state == State.LIVE ? reader.lag(request.identity()) : Optional.empty();
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
        while (hasUntold() && untold.peek().offset() <= position()) {
            tell(untold.remove());
        }
    }

    private void tell(Told told) {
        tellsGroups |= told.changesGroups();
        if (subscriber.onCommand(told.command(), told.offset())) {
            touched = true;
        }
    }

    /* --- ending --- */

    private void onFailed() {
        if (state == State.COMING || state == State.ATTACHING) {
            failedEarly = true;
        } else if (state == State.LIVE) {
            reader.stop();
            state = State.COMMANDS_ONLY;
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
        boolean arrived = state != State.COMING;
        reader.stop();
        state = State.ENDED;
        untold = null;
        memberships.unlinkAll();
        if (arrived) {
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
