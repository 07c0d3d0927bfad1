package io.hubwire.signalr.transport;

import java.time.Duration;

/**
 * A receive request in progress, as the heartbeat sees it. Methods are called from a timer or a request thread; none of them blocks
 * or runs user code.
 */
public interface Receiver {

    String connectionId();

    TransportKind kind();

    /** Lets an idle client hear something; does nothing while a write is in flight. */
    void keepAlive();

    /** The request has been open for the connection time-out: a poll is answered empty, a stream ends (protocol §5.6). */
    void timeOut();

    /** A newer request of the same client has taken the place: a poll is answered empty, a stream ends (protocol §5.1). */
    void replaced();

    /** The host shuts down: like {@link #replaced}, but a poll is told so (protocol §5.8). */
    void shutDown();

    /** The client has been away for too long; its disconnect event follows from here. Called once a session, by the winner. */
    void vanished();

    /** How long the request has been open. */
    Duration age();
}
