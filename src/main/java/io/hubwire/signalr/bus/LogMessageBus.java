package io.hubwire.signalr.bus;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.SourceName;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The message bus over a {@link MessageLog}: hands each entry to every delivery loop, whatever the number of receivers, and each loop walks its own
 * subscribers. One log, one bus, one node; the nodes of a farm share the log beneath.
 */
public final class LogMessageBus implements MessageBus, LogListener {
    /** Where acknowledgements travel (protocol §7.1). */
    static final String ACKNOWLEDGEMENTS = "__SIGNALR__SERVER__";

    private static final String CLOSED = "the bus is closed";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final MessageLog log;
    private final boolean shared;
    private final BusConfig config;
    private final Clock clock;
    private final Metrics metrics;
    private final System.Logger trace;
    private final System.Logger scaleout;
    private final Completions completions;
    private final PendingAcknowledgements acknowledgements;
    private final String commandIdPrefix =
            Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX) + '-';
    private final AtomicLong commandIds = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<DeliveryLoop> loops = new ArrayList<>(); // filled before the bus is handed out
    private final BusLimits limits;
    private volatile LogMark handedOver; // written by the log's one call at a time
    private long lastOffset; // of the log's one call at a time
    private Registration sweep;
    private int reportedTopics; // guarded by this

    private LogMessageBus(MessageLog log, BusConfig config, BusEnvironment environment) {
        this.log = log;
        this.shared = log.isShared();
        this.config = config;
        this.clock = environment.clock();
        this.metrics = environment.metrics();
        this.trace = environment.tracing().of(SourceName.MESSAGE_BUS);
        this.scaleout = environment.tracing().of(SourceName.SCALEOUT_MESSAGE_BUS);
        this.limits = new BusLimits(config, loops, metrics, trace);
        this.completions = new Completions(environment.completions());
        this.acknowledgements = new PendingAcknowledgements(config, clock, completions);
        this.handedOver = new LogMark(0, 0, clock.nanoTime());
    }

    /**
     * Starts the loops and opens the log, which the bus owns from here on.
     *
     * @throws RuntimeException what the log throws on opening or feeding; nothing is left running then
     */
    public static LogMessageBus open(MessageLog log, BusConfig config, BusEnvironment environment) {
        LogMessageBus bus = new LogMessageBus(log, config, environment);
        bus.start(environment);
        return bus;
    }

    private void start(BusEnvironment environment) {
        MessageLog.Origin origin = log.open();
        lastOffset = origin.floor();
        for (int i = 0; i < config.loops(); i++) {
            loops.add(new DeliveryLoop(this, environment.name() + "-" + i, config, environment, origin));
        }
        sweep = environment.timer().scheduleEvery(config.sweepInterval(), this::sweep);
        loops.forEach(DeliveryLoop::start);
        trace.log(
                Level.DEBUG,
                () -> "The bus has " + loops.size() + " delivery loops and begins after " + origin.floor());
        scaleout.log(
                Level.DEBUG,
                () -> shared
                        ? "The stream is open; this node begins after " + origin.floor()
                        : "There is no backplane: this node delivers its own messages, see " + trace.getName());
        countStreams(1);
        try {
            log.feed(this);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A log that nodes share is one stream of theirs, open as long as the bus is. */
    private void countStreams(int change) {
        if (shared) {
            metrics.add(Gauge.SCALEOUT_STREAMS_TOTAL, change);
            metrics.add(Gauge.SCALEOUT_STREAMS_OPEN, change);
        }
    }

    /* --- publishing --- */

    @Override
    public CompletionStage<Long> publish(Message message) {
        Optional<BusException> refusal =
                closed.get() ? Optional.of(new BusException(CLOSED)) : limits.refusal(message, handedOver);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        metrics.increment(Counter.MESSAGE_BUS_MESSAGES_PUBLISHED);
        if (trace.isLoggable(Level.TRACE)) {
            trace.log(Level.TRACE, describe(message) + " is published");
        }
        return completions.complete(log.append(message));
    }

    @Override
    public CompletionStage<Void> publishAcknowledged(String topic, Command command) {
        Optional<CompletableFuture<Void>> waiting = acknowledgements.await(idOf(command));
        if (waiting.isEmpty()) {
            return CompletableFuture.failedFuture(limits.tooManyAcknowledgements());
        }
        CompletableFuture<Void> acknowledged = waiting.get();
        publish(Message.of(topic, command)).whenComplete((offset, failure) -> {
            if (failure != null) {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    @Override
    public String nextCommandId() {
        return commandIdPrefix + Long.toString(commandIds.incrementAndGet(), Character.MAX_RADIX);
    }

    private static String idOf(Command command) {
        if (command instanceof Command.Join join) {
            return join.id();
        }
        if (command instanceof Command.Leave leave) {
            return leave.id();
        }
        throw new IllegalArgumentException("only joins and leaves are acknowledged, not " + command);
    }

    /** On a loop, when it has applied a join or leave. */
    void appendAcknowledgement(String commandId) {
        log.append(Message.of(ACKNOWLEDGEMENTS, new Command.Acknowledge(commandId)))
                .whenComplete((offset, failure) -> {
                    if (failure != null) {
                        trace.log(Level.DEBUG, "the acknowledgement of {0} is lost: {1}", commandId, failure);
                    }
                });
    }

    /** On a loop, when it has not applied a join. */
    void appendRefusal(String topic, Command.Refuse refusal) {
        log.append(Message.of(topic, refusal)).whenComplete((offset, failure) -> {
            if (failure != null) {
                trace.log(
                        Level.DEBUG,
                        "the refusal of {0} is lost: {1}",
                        refusal.join().id(),
                        failure);
            }
        });
    }

    private static String describe(Message message) {
        return message.isCommand()
                ? message.command().getClass().getSimpleName() + " to " + message.topic()
                : message.payload().length + " bytes to " + message.topic();
    }

    boolean isShared() {
        return shared;
    }

    /* --- subscribing --- */

    @Override
    public Subscription subscribe(SubscriptionRequest request, Subscriber subscriber) {
        DeliveryLoop loop = loopOf(request.identity());
        limits.requireTopics(loop, request);
        LoopSubscription subscription = new LoopSubscription(loop, request, subscriber);
        if (closed.get() || !loop.offer(on -> subscription.attach())) {
            throw new BusException(CLOSED);
        }
        return subscription;
    }

    /** The same loop for all subscriptions of one connection, so that a later one finds all that an earlier one has seen. */
    private DeliveryLoop loopOf(String identity) {
        int hash = identity.hashCode() * 0x9E3779B9; // spreads ids that differ in their last digits only
        return loops.get((hash >>> 16) % loops.size());
    }

    /* --- what the log brings --- */

    @Override
    public void onEntry(long offset, Message message) {
        if (offset <= lastOffset) {
            throw new IllegalArgumentException("offset " + offset + " comes after " + lastOffset);
        }
        lastOffset = offset;
        if (shared) {
            metrics.increment(Counter.SCALEOUT_MESSAGES_RECEIVED);
        }
        if (shared && scaleout.isLoggable(Level.TRACE)) {
            scaleout.log(Level.TRACE, describe(message) + " has come as " + offset);
        }
        if (message.command() instanceof Command.Acknowledge acknowledge) {
            loops.get(0).offer(on -> acknowledgements.acknowledge(acknowledge.id()));
            return;
        }
        if (message.command() instanceof Command.Refuse refuse) {
            loops.get(0).offer(on -> acknowledgements.refuse(refuse.join().id(), refuse.reason()));
        }
        LogEntry entry = new LogEntry(offset, message, handedOver, clock.nanoTime());
        handedOver = entry.mark;
        for (DeliveryLoop loop : loops) {
            loop.offer(entry);
        }
    }

    @Override
    public boolean hasRoom() {
        return limits.hasRoomAfter(handedOver);
    }

    private void sweep() {
        acknowledgements.expire();
        loops.forEach(loop -> loop.offer(DeliveryLoop::sweep));
        reportTopics(topicCount());
    }

    private int topicCount() {
        return loops.stream().mapToInt(DeliveryLoop::topicCount).max().orElse(0);
    }

    /** The loops share most topics, so the fullest one's number is nearest to the truth. Called by the timer, and at the end. */
    private synchronized void reportTopics(int topics) {
        metrics.add(Gauge.MESSAGE_BUS_TOPICS_CURRENT, topics - reportedTopics);
        reportedTopics = topics;
    }

    /* --- for operators --- */

    @Override
    public CompletionStage<BusSnapshot> inspect(int mostTopics, int mostReaders) {
        return new BusInspection(loops, mostTopics, mostReaders).run(completions);
    }

    @Override
    public long entries() {
        return handedOver.entries();
    }

    @Override
    public int subscribers(String topic) {
        return DeliveryLoop.memberCount(loops, topic);
    }

    /* --- ending --- */

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        trace.log(Level.DEBUG, () -> "The bus ends with " + topicCount() + " topics");
        scaleout.log(Level.DEBUG, () -> shared ? "The stream is closed" : "There was no backplane");
        sweep.close();
        log.close();
        countStreams(-1);
        loops.forEach(DeliveryLoop::stop);
        acknowledgements.close();
        try {
            for (DeliveryLoop loop : loops) {
                loop.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reportTopics(0);
    }
}
