package io.hubwire.signalr.transport;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client on this node, from its first receive request until it is gone. Transitions are named for what happened and say who won, so that each
 * side effect has exactly one author; they run no foreign code.
 */
public final class TransportSession {

    private enum State {
        /** A receive request is open. */
        ACTIVE,
        /** The last one has ended: between two polls, or lost. */
        AWAY,
        /** Gone for good; a client that comes back gets a new session. */
        DISCONNECTED
    }

    private final String connectionId;
    private final Peer peer;
    private final Map<Object, Object> items = new ConcurrentHashMap<>();
    // guarded by this: AWAY ⇄ ACTIVE; any → DISCONNECTED (terminal, entered once, by the caller told true)
    private State state = State.AWAY;
    private Receiver current;
    private long awaySinceNanos;
    private CompletionStage<?> connectEvent; // null until one has begun

    TransportSession(String connectionId, Peer peer) {
        this.connectionId = connectionId;
        this.peer = peer;
    }

    public String connectionId() {
        return connectionId;
    }

    /** Whom it is counted for. */
    Peer peer() {
        return peer;
    }

    /** What the application keeps with the connection, on this node. */
    public Map<Object, Object> items() {
        return items;
    }

    /** A receive request has come; empty when the session is gone, otherwise the request before it, if any. */
    synchronized Optional<Replacement> enter(Receiver next) {
        if (state == State.DISCONNECTED) {
            return Optional.empty();
        }
        Optional<Receiver> previous = Optional.ofNullable(current);
        current = next;
        state = State.ACTIVE;
        return Optional.of(new Replacement(previous));
    }

    /** A receive request has ended; of no effect when a newer one has taken its place. */
    synchronized void left(Receiver receiver, long nowNanos) {
        if (state == State.ACTIVE && current == receiver) {
            state = State.AWAY;
            awaySinceNanos = nowNanos;
        }
    }

    /** The client is gone. @return true for the one caller who ended the session */
    synchronized boolean disconnected() {
        boolean won = state != State.DISCONNECTED;
        state = State.DISCONNECTED;
        return won;
    }

    /** The client goes on elsewhere, if it has a receive request open: that one. */
    synchronized Optional<Receiver> sentElsewhere() {
        Optional<Receiver> open = active();
        if (open.isPresent()) {
            disconnected();
        }
        return open;
    }

    /** The same as {@link #disconnected}, if the client is away. */
    synchronized boolean disconnectedWhileAway() {
        return isAway() && disconnected();
    }

    /** Whether the client is gone from this node. */
    public synchronized boolean isOver() {
        return state == State.DISCONNECTED;
    }

    /** The same, if the client is between two polls. */
    synchronized boolean disconnectedBetweenPolls() {
        return isAway() && current.kind() == TransportKind.LONG_POLLING && disconnected();
    }

    /** The same, if the client has been away for as long as {@code limitNanos}. */
    synchronized boolean disconnectedAfter(long limitNanos, long nowNanos) {
        return isAway() && nowNanos - awaySinceNanos >= limitNanos && disconnected();
    }

    /** A session that is on its way in is not. */
    private boolean isAway() {
        return state == State.AWAY && current != null;
    }

    /**
     * The first connect request of a client older than protocol 1.4 raises its connect event before the first frame; a later one waits for that and raises
     * none of its own (protocol §5.2).
     *
     * @param mine the event of this request, to be raised only when the result is empty
     * @return the event of the request that came first
     */
    public synchronized Optional<CompletionStage<?>> connecting(CompletionStage<?> mine) {
        Optional<CompletionStage<?>> first = Optional.ofNullable(connectEvent);
        if (first.isEmpty()) {
            connectEvent = mine;
        }
        return first;
    }

    /** The open receive request, if there is one. */
    synchronized Optional<Receiver> active() {
        return state == State.ACTIVE ? Optional.of(current) : Optional.empty();
    }

    /** The open or last receive request; empty for a session that is on its way in. */
    synchronized Optional<Receiver> known() {
        return Optional.ofNullable(current);
    }

    /** What the client is like at this moment; empty when it is gone, or on its way in. */
    synchronized Optional<Presence> present() {
        return current == null || state == State.DISCONNECTED
                ? Optional.empty()
                : Optional.of(new Presence(current.kind(), state == State.ACTIVE));
    }

    /** The open or last receive request. */
    synchronized Receiver latest() {
        return current;
    }

    /**
     * A client at a moment.
     *
     * @param kind of its open or last receive request
     * @param open whether that is open
     */
    record Presence(TransportKind kind, boolean open) {}

    /**
     * What {@link #enter} found.
     *
     * @param previous this node's last request of the client, open or not; empty when this is the first
     */
    record Replacement(Optional<Receiver> previous) {}
}
