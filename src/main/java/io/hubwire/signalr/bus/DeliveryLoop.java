package io.hubwire.signalr.bus;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.SourceName;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One thread that owns a share of the subscriptions and its own index of the log. Entries and requests come through one inbox; each round takes what
 * is there, up to a bound, and then lets those subscriptions read that have something to read. So under load messages gather into batches,
 * and an idle loop delivers at once.
 *
 * <p>Except for what says so, everything here is confined to the loop's thread.
 */
final class DeliveryLoop {
    private static final int WORK_PER_ROUND = 1024;
    private static final int ENTRIES_TO_SLEEP_OVER = 64;
    private static final int BYTES_TO_SLEEP_OVER = 1 << 18;

    private final Thread thread;
    private final LoopInbox inbox;
    private final Clock clock;
    private final BusConfig config;
    private final Metrics metrics;
    private final System.Logger trace;
    private final System.Logger scaleout;
    private final LogMessageBus bus;
    private final TailIndex index;
    private final BatchMemo memo;
    private final long epoch;

    // concurrent, because an inspection iterates over them across rounds
    private final Set<LoopSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final ArrayDeque<LoopInspection> inspections = new ArrayDeque<>(0);
    private final List<LoopSubscription> waitingForHead = new ArrayList<>(0);
    private final ArrayDeque<LoopSubscription> readers = new ArrayDeque<>();
    private final List<TailNode> scratch = new ArrayList<>();
    private final PriorityQueue<Link> merge =
            new PriorityQueue<>(Comparator.comparingLong(link -> link.peek().entry.offset));
    private long head;
    private LogMark mark;
    private long now;
    private long delivered; // in this round

    private volatile boolean attentive; // written by the loop: a subscription waits for the head
    private volatile LogMark processed; // written by the loop, once a round

    DeliveryLoop(
            LogMessageBus bus, String name, BusConfig config, BusEnvironment environment, MessageLog.Origin origin) {
        this.bus = bus;
        this.config = config;
        this.clock = environment.clock();
        this.metrics = environment.metrics();
        this.trace = environment.tracing().of(SourceName.MESSAGE_BUS);
        this.scaleout = environment.tracing().of(SourceName.SCALEOUT_SUBSCRIPTION);
        this.epoch = origin.epoch();
        this.head = origin.floor();
        this.now = clock.nanoTime();
        this.mark = new LogMark(0, 0, now);
        this.processed = mark;
        this.index = new TailIndex(config, origin.floor());
        this.memo = new BatchMemo(epoch);
        this.thread = new Thread(null, this::run, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(environment.contextClassLoader());
        this.inbox = new LoopInbox(thread);
    }

    /* --- any thread --- */

    void start() {
        thread.start();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /**
     * Puts an entry into the inbox. A loop that sleeps, and has neither a member of the topic nor a subscription that waits for the head, is left
     * asleep: whatever wakes it next finds the entry in its place. It is woken all the same before it falls far behind.
     */
    void offer(LogEntry entry) {
        inbox.put(entry);
        if (inbox.isAsleep() && (attentive || index.hasMembers(entry.message.topic()) || isFarBehind(entry))) {
            inbox.wakeUp();
        }
    }

    private boolean isFarBehind(LogEntry entry) {
        return entry.mark.entries() - processed.entries() >= ENTRIES_TO_SLEEP_OVER
                || entry.mark.bytes() - processed.bytes() >= BYTES_TO_SLEEP_OVER;
    }

    /** Puts work into the inbox. Whoever gets false back must assume that it will never be done. */
    boolean offer(LoopWork work) {
        return inbox.offer(work);
    }

    /** How many topics the loop would have to add; an existing one may be gone by then, or a missing one be there. */
    long countUnknown(Collection<String> names) {
        return names.stream().filter(name -> !index.knows(name)).count();
    }

    /** How far the loop has come. */
    LogMark processed() {
        return processed;
    }

    /** Whether the index is full and does not have {@code topic}. */
    boolean refuses(String topic) {
        return index.topicCount() >= config.maxTopics() && !index.knows(topic);
    }

    int topicCount() {
        return index.topicCount();
    }

    /** How many subscriptions of the loops read {@code topic}. */
    static int memberCount(List<DeliveryLoop> loops, String topic) {
        return loops.stream().mapToInt(loop -> loop.index.memberCount(topic)).sum();
    }

    /** Ends the loop and, on its thread, all its subscriptions. */
    void stop() {
        inbox.stop();
    }

    /** Waits for the end, unless called by the loop itself. */
    void join(Duration patience) throws InterruptedException {
        if (!isCurrent()) {
            thread.join(patience.toMillis());
        }
    }

    /* --- the loop --- */

    private void run() {
        metrics.increment(Gauge.MESSAGE_BUS_ALLOCATED_WORKERS);
        metrics.increment(Gauge.MESSAGE_BUS_BUSY_WORKERS);
        while (!inbox.isStopping()) {
            perform(DeliveryLoop::round);
        }
        for (LoopSubscription subscription : List.copyOf(subscriptions)) {
            subscription.end();
        }
        inbox.end(this::perform); // subscribers that came too late learn it; anything else has no effect any more
        inspections.forEach(inspection -> inspection.end(this));
        index.clear();
        metrics.decrement(Gauge.MESSAGE_BUS_BUSY_WORKERS);
        metrics.decrement(Gauge.MESSAGE_BUS_ALLOCATED_WORKERS);
    }

    private void round() {
        now = clock.nanoTime();
        index.evictOlderThanAllowed(now);
        int done = takeWork();
        processed = mark;
        attachWaiting();
        int reading = letRead();
        reportDelivered();
        boolean inspecting = goOnInspecting();
        if (done + reading == 0 && !inspecting) {
            sleep();
        }
    }

    /** A slice of the first inspection, if there is one. */
    private boolean goOnInspecting() {
        LoopInspection inspection = inspections.poll();
        if (inspection == null) {
            return false;
        }
        boolean more = false;
        try {
            more = inspection.goOn(this);
        } finally {
            if (more) {
                inspections.addFirst(inspection);
            } else {
                inspection.end(this);
            }
        }
        return true;
    }

    private int takeWork() {
        int done = 0;
        while (done < WORK_PER_ROUND) {
            LoopWork work = inbox.poll();
            if (work == null) {
                break;
            }
            perform(work);
            done++;
        }
        return done;
    }

    private void perform(LoopWork work) {
        try {
            work.on(this);
        } catch (RuntimeException | Error e) {
            metrics.error(Counter.ERRORS_ALL, "SignalR.MessageBus", "A delivery loop's work failed", e);
            trace.log(Level.ERROR, "a delivery loop's work failed; the loop goes on", e);
        }
    }

    private void reportDelivered() {
        if (delivered > 0) {
            metrics.add(Counter.MESSAGE_BUS_MESSAGES_RECEIVED, delivered);
            delivered = 0;
        }
    }

    /** Those that become ready while they read wait for the next round, so that entries and other readers come first. */
    private int letRead() {
        int count = readers.size();
        for (int i = 0; i < count; i++) {
            readers.remove().read();
        }
        return count;
    }

    private void sleep() {
        metrics.decrement(Gauge.MESSAGE_BUS_BUSY_WORKERS);
        inbox.awaitWork();
        metrics.increment(Gauge.MESSAGE_BUS_BUSY_WORKERS);
    }

    /** The next entry of the log. */
    void append(LogEntry entry) {
        if (inbox.isStopping()) {
            return;
        }
        mark = entry.mark;
        Topic topic = index.add(entry);
        if (entry.message.isCommand()) {
            head = entry.offset;
            for (Link link : topic.members()) {
                link.owner.command(entry);
            }
        } else {
            topic.notifyMembers(topic.payloads.next() - 1); // members may note the head before it
            head = entry.offset;
        }
    }

    /** Regular work that no entry triggers. */
    void sweep() {
        memo.clear();
        for (LoopSubscription subscription : List.copyOf(subscriptions)) {
            subscription.checkOverflow();
        }
    }

    /* --- for an inspection, on the loop --- */

    Iterator<Topic> topics() {
        return index.iterator();
    }

    Iterator<LoopSubscription> subscriptions() {
        return subscriptions.iterator();
    }

    long retainedBytes() {
        return index.bytes();
    }

    /** Lets it go on in the rounds to come. */
    void inspect(LoopInspection inspection) {
        inspections.add(inspection);
    }

    /* --- for its subscriptions, on the loop --- */

    void countDelivered(int messages) {
        delivered += messages;
    }

    void add(LoopSubscription subscription) {
        subscriptions.add(subscription);
        if (trace.isLoggable(Level.TRACE)) {
            trace.log(Level.TRACE, subscription + " begins at " + head);
        }
        metrics.increment(Counter.MESSAGE_BUS_SUBSCRIBERS);
        metrics.increment(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT);
    }

    void remove(LoopSubscription subscription) {
        subscriptions.remove(subscription);
        if (trace.isLoggable(Level.TRACE)) {
            trace.log(Level.TRACE, subscription + " ends at " + head);
        }
        metrics.decrement(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT);
    }

    /** Whether offsets ahead of this loop may be genuine. */
    boolean mayArrive() {
        return bus.isShared();
    }

    boolean isStopping() {
        return inbox.isStopping();
    }

    /** {@code subscription} has something to read and is writable. */
    void enqueue(LoopSubscription subscription) {
        readers.add(subscription);
    }

    /** {@code subscription} knows offsets that have not arrived here. */
    void waitForHead(LoopSubscription subscription) {
        waitingForHead.add(subscription);
        attentive = true;
    }

    private void attachWaiting() {
        if (!waitingForHead.isEmpty()) {
            List<LoopSubscription> waiting = List.copyOf(waitingForHead);
            waitingForHead.clear();
            attentive = false;
            waiting.forEach(LoopSubscription::attach);
        }
    }

    System.Logger trace() {
        return trace;
    }

    /** {@code subscription} begins with a position that this node has not come to. */
    void traceWait(LoopSubscription subscription) {
        scaleout.log(Level.DEBUG, () -> subscription + " knows what this node has not got yet, and waits at " + head);
    }

    void acknowledge(String commandId) {
        bus.appendAcknowledgement(commandId);
    }

    void refuse(String topic, Command.Refuse refusal) {
        trace.log(Level.DEBUG, () -> topic + " does not join " + refusal.join().topic() + ": " + refusal.reason());
        metrics.refused(Limit.GROUPS);
        bus.appendRefusal(topic, refusal);
    }

    Topic obtain(String topic) {
        return index.obtain(topic, now);
    }

    void release(Topic topic) {
        index.release(topic, now);
    }

    /** The offset of the newest entry. */
    long head() {
        return head;
    }

    long epoch() {
        return epoch;
    }

    /** Where the log stands at this moment. */
    LogMark markNow() {
        return new LogMark(mark.entries(), mark.bytes(), now);
    }

    /** Whether the log has moved a quarter of what a tail holds since it stood there, in any of its measures. */
    boolean hasMovedAQuarterSince(long entries, long bytes, long nanos) {
        long moved = mark.entries() - entries;
        return moved > 0
                && (moved >= config.messageBufferSize() / 4
                        || mark.bytes() - bytes >= config.tailBytes() / 4
                        || now - nanos >= config.tailAge().toNanos() / 4);
    }

    long now() {
        return now;
    }

    BusConfig config() {
        return config;
    }

    Metrics metrics() {
        return metrics;
    }

    BatchMemo memo() {
        return memo;
    }

    /** An empty list for one read; nobody else uses it until that read is over. */
    List<TailNode> scratch() {
        scratch.clear();
        return scratch;
    }

    /** An empty queue for one read, by the offset of the next unread entry. */
    PriorityQueue<Link> merge() {
        merge.clear();
        return merge;
    }
}
