package io.hubwire.signalr.transport;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows every client of this node, lets idle ones hear something, ends polls that have waited long enough and notices who has gone (protocol
 * §5.6). Owns its tick on the given timer from {@link #start} to {@link #close}. Never blocks and runs no user code.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Duration STREAM_GRACE = Duration.ofSeconds(5);

    private final TransportConfig config;
    private final Timer timer;
    private final Clock clock;
    private final Logger trace;
    private final Map<String, TransportSession> sessions = new ConcurrentHashMap<>();
    private final SessionLimits limits;
    private final Population population; // of sessions: each is added before it is there and removed when it is not
    private final Set<Receiver> open = ConcurrentHashMap.newKeySet();
    private boolean beatWithKeepAlive; // timer thread only
    private volatile Registration ticks;
    private volatile long drainEndNanos;
    private volatile boolean draining; // set once, after the end of the drain
    private volatile boolean closed;

    /** Ticks from {@link #start} on. */
    public Heartbeat(TransportConfig config, SessionLimits limits, Timer timer, Clock clock, TraceSources tracing) {
        this.config = config;
        this.limits = limits;
        this.population = new Population(limits);
        this.timer = timer;
        this.clock = clock;
        this.trace = tracing.of(SourceName.TRANSPORT_HEART_BEAT);
    }

    /** Begins to tick. */
    public void start() {
        ticks = timer.scheduleEvery(config.heartbeatInterval(), this::tick);
    }

    /**
     * Takes a receive request in and tells the one it replaces. A client that is known already finds room whatever the limits, also while the node is
     * drained.
     */
    public Entrance enter(Receiver receiver) {
        while (!closed) {
            TransportSession session = sessions.get(receiver.connectionId());
            if (session == null) {
                if (draining) {
                    return new Closed();
                }
                Optional<Limit> full = population.add(receiver.peer());
                if (full.isPresent()) {
                    trace.log(Level.DEBUG, () -> name(receiver) + " finds no room: " + full.get());
                    return new Full(full.get());
                }
                session = new TransportSession(receiver.connectionId(), receiver.peer());
                if (sessions.putIfAbsent(receiver.connectionId(), session) != null) {
                    population.remove(receiver.peer());
                    continue;
                }
            }
            Optional<TransportSession.Replacement> entered = session.enter(receiver);
            if (entered.isPresent()) {
                open.add(receiver);
                Optional<Receiver> previous = entered.get().previous();
                trace.log(
                        previous.isPresent() ? Level.TRACE : Level.DEBUG,
                        () -> name(receiver) + (previous.isPresent() ? " is known" : " is new"));
                previous.ifPresent(Receiver::replaced);
                if (closed) { // and may have been while the receiver was on its way in
                    session.disconnected();
                    forget(session);
                    receiver.shutDown();
                }
                return new Entry(session, previous.isPresent());
            }
            forget(session);
        }
        return new Closed();
    }

    /** A receive request has ended, for whatever reason. */
    public void left(TransportSession session, Receiver receiver) {
        session.left(receiver, clock.nanoTime());
        open.remove(receiver);
        if (closed) {
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    /**
     * The client is gone for good. A newer request than the caller's own that is on its way in is told that its session is over.
     *
     * @param by the request that has heard of it
     * @return true for the one caller that ended the session: it raises the disconnect event
     */
    public boolean disconnect(TransportSession session, Receiver by) {
        boolean won = session.disconnected();
        forget(session);
        if (won) {
            trace.log(Level.DEBUG, () -> name(by) + " is removed: it was stopped");
        }
        if (won && session.latest() != by) {
            session.latest().replaced();
        }
        return won;
    }

    /**
     * Ends a poller that is between two polls; its last one is told. Without effect on a client that this node does not know, that has a request open, or
     * whose last one was a stream: that hears of its end by itself.
     */
    public void stopBetweenPolls(String connectionId) {
        TransportSession session = sessions.get(connectionId);
        if (session != null && session.disconnectedBetweenPolls()) {
            forget(session);
            trace.log(Level.DEBUG, () -> name(session.latest()) + " is removed: it was stopped between two polls");
            session.latest().stopped();
        }
    }

    /** A client's session on this node. */
    public Optional<TransportSession> session(String connectionId) {
        return Optional.ofNullable(sessions.get(connectionId));
    }

    /** How many clients this takes. */
    public SessionLimits limits() {
        return limits;
    }

    /** Users and networks that clients are counted for at the moment. */
    int countedPeers() {
        return population.countedKeys();
    }

    /** How many clients there are, by their latest transport. Walks over all of them; never waits for anything else. */
    public Census census() {
        Map<TransportKind, Integer> open = new EnumMap<>(TransportKind.class);
        Map<TransportKind, Integer> away = new EnumMap<>(TransportKind.class);
        for (TransportSession session : sessions.values()) {
            session.present()
                    .ifPresent(presence -> (presence.open() ? open : away).merge(presence.kind(), 1, Integer::sum));
        }
        return new Census(open, away);
    }

    /** Who a client of this node is; empty when there is none of that id. */
    public Optional<Receiver> latestRequest(String connectionId) {
        return session(connectionId).flatMap(TransportSession::known);
    }

    /**
     * From now on newcomers are refused, and nobody counts as gone: who stays away may live on elsewhere.
     *
     * @param atMost how long it takes until the node is empty
     */
    public void drain(Duration atMost) {
        drainEndNanos = clock.nanoTime() + atMost.toNanos();
        draining = true;
    }

    /** Whether clients have to go elsewhere. */
    public boolean isDraining() {
        return draining;
    }

    /** How long until the node is empty, at least a second; empty unless it is being drained. */
    public Optional<Duration> drained() {
        long seconds = Duration.ofNanos(drainEndNanos - clock.nanoTime()).toSeconds() + 1;
        return draining ? Optional.of(Duration.ofSeconds(Math.max(1, seconds))) : Optional.empty();
    }

    /** The clients at this moment, those away included. */
    public List<TransportSession> clients() {
        return List.copyOf(sessions.values());
    }

    /**
     * Forgets a client that has a receive request open, which is shut down; no disconnect event follows.
     *
     * @return false when it has none
     */
    public boolean sendElsewhere(TransportSession session) {
        Optional<Receiver> open = session.sentElsewhere();
        if (open.isPresent()) {
            forget(session);
            open.get().shutDown();
        }
        return open.isPresent();
    }

    /** Forgets a client that is away; no disconnect event follows. @return false when it has come back, or is gone */
    public boolean letGo(TransportSession session) {
        boolean gone = session.disconnectedWhileAway();
        if (gone) {
            forget(session);
            session.latest().replaced(); // lets go of what it has kept for an abort
        }
        return gone;
    }

    /** Receive requests that have not ended. */
    public int openRequests() {
        return open.size();
    }

    /** Clients of this node, those away included. */
    public int size() {
        return population.size();
    }

    /** Stops ticking, refuses newcomers and shuts every open receive request down. Raises no disconnect events (protocol §5.8). Idempotent. */
    @Override
    public void close() {
        closed = true;
        trace.log(Level.DEBUG, () -> "The heartbeat ends with " + size() + " clients");
        Registration scheduled = ticks;
        if (scheduled != null) {
            scheduled.close();
        }
        for (TransportSession session : sessions.values()) {
            Optional<Receiver> open = session.active();
            session.disconnected();
            forget(session);
            open.ifPresent(Receiver::shutDown);
        }
    }

    /**
     * After {@link #close}: waits until the open requests have said their last word, or until {@code patience} is over.
     *
     * @return whether all have
     */
    public boolean awaitQuiet(Duration patience) throws InterruptedException {
        long deadline = clock.nanoTime() + patience.toNanos();
        synchronized (open) {
            long left = patience.toMillis();
            while (!open.isEmpty() && left > 0) {
                open.wait(left);
                left = (deadline - clock.nanoTime()) / 1_000_000;
            }
        }
        return open.isEmpty();
    }

    private void forget(TransportSession session) {
        if (sessions.remove(session.connectionId(), session)) {
            population.remove(session.peer());
        }
    }

    void tick() {
        beatWithKeepAlive = !beatWithKeepAlive;
        boolean keepAlive = beatWithKeepAlive && config.keepAlive().isPresent();
        long now = clock.nanoTime();
        for (TransportSession session : sessions.values()) {
            try {
                check(session, keepAlive, now);
            } catch (RuntimeException e) {
                trace.log(Level.ERROR, "A connection could not be checked; the others go on.", e);
            }
        }
    }

    private void check(TransportSession session, boolean keepAlive, long nowNanos) {
        Optional<Receiver> active = session.active();
        if (active.isPresent()) {
            Receiver receiver = active.get();
            if (receiver.hasExpired() || timesOut(receiver)) {
                trace.log(
                        Level.TRACE, () -> name(receiver) + " is told that its request has been open for long enough");
                receiver.timeOut();
            } else if (keepAlive) {
                trace.log(Level.TRACE, () -> name(receiver) + " is to hear a keep-alive");
                receiver.keepAlive();
            }
        } else if (!draining
                && session.disconnectedAfter(awayLimit(session.latest()).toNanos(), nowNanos)) {
            forget(session);
            trace.log(Level.DEBUG, () -> name(session.latest()) + " is removed: it has been away for too long");
            session.latest().vanished();
        }
    }

    private static String name(Receiver receiver) {
        return "Connection " + receiver.connectionId();
    }

    private boolean timesOut(Receiver receiver) {
        boolean limited = receiver.kind() == TransportKind.LONG_POLLING
                || config.keepAlive().isEmpty();
        return limited && receiver.age().compareTo(config.connectionTimeout()) >= 0;
    }

    private Duration awayLimit(Receiver last) {
        Duration grace = last.kind() == TransportKind.LONG_POLLING ? config.longPollDelay() : STREAM_GRACE;
        return config.disconnectTimeout().plus(grace);
    }

    /** What became of a receive request that wanted to enter. */
    public sealed interface Entrance {}

    /**
     * The clients of a node.
     *
     * @param open with a receive request that is open
     * @param away between two polls, or lost and not yet given up
     */
    public record Census(Map<TransportKind, Integer> open, Map<TransportKind, Integer> away) {

        /** Copies both maps. */
        public Census {
            open = Map.copyOf(open);
            away = Map.copyOf(away);
        }
    }

    /**
     * A client's place in the heartbeat.
     *
     * @param known whether this node has had a receive request of this client before
     */
    public record Entry(TransportSession session, boolean known) implements Entrance {}

    /**
     * There is no room for another client; nothing is left of this one.
     *
     * @param limit one of those in {@link SessionLimits}
     */
    public record Full(Limit limit) implements Entrance {}

    /** The host shuts down. */
    public record Closed() implements Entrance {}
}
