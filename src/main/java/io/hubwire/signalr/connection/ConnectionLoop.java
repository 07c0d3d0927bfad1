package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.Transport;

/**
 * Where the transport of a receive request meets its subscription: the way onto the delivery loop, open from the moment the transport is. Each of the two
 * begins and ends on its own.
 */
final class ConnectionLoop {
    private final Receiver receiver;
    private final ConnectionTrace trace;

    private Transport transport; // set once, before the subscription begins
    private volatile Subscription
            subscribed; // set once: the same as the next, but only its tasks may be used before the attach
    private volatile Subscription attached; // set once, on the loop
    private volatile boolean detached; // spares the loop tasks that it would drop
    private volatile boolean pipeClosed;

    ConnectionLoop(Receiver receiver, ConnectionTrace trace) {
        this.receiver = receiver;
        this.trace = trace;
    }

    /** The pipe is open; comes first. */
    void opened(Transport opened) {
        transport = opened;
    }

    /** There is a subscription, which may have been attached already. */
    void subscribed(Subscription subscription) {
        subscribed = subscription;
    }

    /** Loop only: from here on the subscription answers its loop-only questions. */
    void attached(Subscription subscription) {
        attached = subscription;
    }

    /** Loop only: what is handed over from here on is dropped. */
    void detached() {
        detached = true;
    }

    void pipeClosed() {
        pipeClosed = true;
    }

    boolean isPipeClosed() {
        return pipeClosed;
    }

    boolean isAttached() {
        return attached != null;
    }

    /** From the opening on; its writing methods on the loop only. */
    Transport transport() {
        return transport;
    }

    /** From the attach on. */
    Subscription subscription() {
        return attached;
    }

    /** Runs a task on the loop, before the attach as well. Dropped after the end, and when the bus has refused a subscription. From the opening on, any thread. */
    void execute(Runnable task) {
        Subscription subscription = attached != null ? attached : subscribed;
        if (subscription != null) {
            subscription.execute(task);
        }
    }

    /** The same, but dropped before the attach as well; any time. */
    void executeIfAttached(Runnable task) {
        Subscription subscription = attached;
        if (subscription != null && !detached) {
            subscription.execute(task);
        }
    }

    /**
     * Ends the pipe, and not in the ordinary way. From the opening on, any thread.
     *
     * @param reason for the client
     */
    void refuse(int closeCode, String reason) {
        trace.refused(receiver, reason);
        execute(() -> transport.end(closeCode, reason));
    }
}
