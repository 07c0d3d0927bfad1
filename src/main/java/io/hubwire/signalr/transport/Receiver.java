package io.hubwire.signalr.transport;

import java.time.Duration;

/**
 * A receive request in progress, as the heartbeat sees it. Methods are called from a timer or a request thread; none of them blocks
 * or runs user code.
 */
public interface Receiver {

    String connectionId();

    /** Whom the client is counted for; never changes. */
    Peer peer();

    TransportKind kind();

    /** Lets an idle client hear something; does nothing while a write is in flight. */
    void keepAlive();

    /** The request has been open for the connection time-out: a poll is answered empty, a stream ends (protocol §5.6). */
    void timeOut();

    /**
     * A newer request of the same client has taken the place, or the client was ended as this one came: a poll is answered empty, a stream ends
     * (protocol §5.1). Told also to a request that is over, which lets go of what it has kept for an abort.
     */
    void replaced();

    /** The user's credentials have run out since the request came (see {@code ExpiringPrincipal}); a {@link #timeOut} follows. */
    boolean hasExpired();

    /** The host shuts down: like {@link #replaced}, but a poll is told so (protocol §5.8). */
    void shutDown();

    /** The client has been away for too long; its disconnect event follows from here. Called once a session, by the winner. */
    void vanished();

    /** The client was ended between two polls; its disconnect event follows from here. Called once a session, by the winner. */
    void stopped();

    /** How long the request has been open. */
    Duration age();
}
