package io.hubwire.signalr.hosting.jakarta;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Pings one WebSocket in an interval (RFC 6455 §5.5.2), and says when two pings in a row have stayed unanswered. While a message is under way no ping is sent: it would wait behind it, and
 * the limit of writes has its eye on that peer. Any thread.
 */
final class SocketPings {
    private static final Logger LOG = System.getLogger(SocketPings.class.getName());
    private static final int MOST_UNANSWERED = 2;

    private final Session session;
    private final Duration interval;
    private final HostThreads threads;
    private final BooleanSupplier sending;
    private final Runnable unanswered;
    private final AtomicInteger open = new AtomicInteger(); // pings without an answer
    private volatile boolean ended;
    private volatile Future<?> next;

    SocketPings(Session session, Duration interval, HostThreads threads, BooleanSupplier sending, Runnable unanswered) {
        this.session = session;
        this.interval = interval;
        this.threads = threads;
        this.sending = sending;
        this.unanswered = unanswered;
    }

    /** Begins, or goes on, after an interval. */
    void schedule() {
        next = threads.after(interval, this::tick);
        if (ended) { // meanwhile
            next.cancel(false);
        }
    }

    private void tick() {
        if (ended) {
            return;
        }
        if (open.get() >= MOST_UNANSWERED) {
            unanswered.run();
            return;
        }
        if (!sending.getAsBoolean()) {
            open.incrementAndGet();
            ping();
        }
        schedule();
    }

    private void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "A WebSocket could not be pinged", e);
        }
    }

    /** The peer has answered. */
    void answered() {
        open.set(0);
    }

    /** No more pings. Idempotent. */
    void end() {
        ended = true;
        Future<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
