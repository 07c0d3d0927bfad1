package io.hubwire.signalr.transport;

import java.util.Map;
import java.util.Optional;
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
    private final Map<Object, Object> items = new ConcurrentHashMap<>();
    // guarded by this: AWAY ⇄ ACTIVE; any → DISCONNECTED (terminal, entered once, by the caller told true)
    private State state = State.AWAY;
    private Receiver current;
    private long awaySinceNanos;

    TransportSession(String connectionId) {
        this.connectionId = connectionId;
    }

    public String connectionId() {
        return connectionId;
    }

    /** What the application keeps with the connection, on this node. */
    public Map<Object, Object> items() {
        return items;
    }

    /** A receive request has come; empty when the session is gone, otherwise the request it replaces, if any. */
    synchronized Optional<Replacement> enter(Receiver next) {
        if (state == State.DISCONNECTED) {
            return Optional.empty();
        }
        Receiver previous = state == State.ACTIVE ? current : null;
        boolean known = current != null;
        current = next;
        state = State.ACTIVE;
        return Optional.of(new Replacement(Optional.ofNullable(previous), known));
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

    /** The same, if the client has been away for as long as {@code limitNanos}. */
    synchronized boolean disconnectedAfter(long limitNanos, long nowNanos) {
        return state == State.AWAY && nowNanos - awaySinceNanos >= limitNanos && disconnected();
    }

    /** The open receive request, if there is one. */
    synchronized Optional<Receiver> active() {
        return state == State.ACTIVE ? Optional.of(current) : Optional.empty();
    }

    /** The open or last receive request. */
    synchronized Receiver latest() {
        return current;
    }

    /**
     * What {@link #enter} found.
     *
     * @param previous the request that was still open
     * @param known whether this node has had a receive request of this client before
     */
    record Replacement(Optional<Receiver> previous, boolean known) {}
}
