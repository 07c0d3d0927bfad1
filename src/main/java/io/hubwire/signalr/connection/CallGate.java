package io.hubwire.signalr.connection;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the calls of one WebSocket that are under way. A reader that finds the gate full waits in its {@code onText}, which is the only portable
 * back-pressure; how many readers wait at a time is bounded for the whole server.
 */
final class CallGate {
    private final Semaphore permits;
    private final AtomicInteger blockedReaders;
    private final int maxBlockedReaders;
    private volatile boolean closed;

    /** @param blockedReaders counts waiting readers, shared by all gates of a server */
    CallGate(int maxCallsInFlight, AtomicInteger blockedReaders, int maxBlockedReaders) {
        this.permits = new Semaphore(maxCallsInFlight);
        this.blockedReaders = blockedReaders;
        this.maxBlockedReaders = maxBlockedReaders;
    }

    /** What came of {@link #enter}. */
    enum Entry {
        ADMITTED,
        /** Too many readers of the server are waiting already. */
        OVERLOADED,
        /** The connection is gone. */
        CLOSED
    }

    /** Blocks while the gate is full, until a call leaves or the gate is closed. */
    Entry enter() {
        if (closed) {
            return Entry.CLOSED;
        }
        return permits.tryAcquire() ? Entry.ADMITTED : enterWhenFree();
    }

    /** A call is over and its answer written, or dropped. */
    void leave() {
        permits.release();
    }

    /** Lets every waiting reader go. Idempotent. */
    void close() {
        closed = true;
        permits.release(Short.MAX_VALUE);
    }

    private Entry enterWhenFree() {
        try {
            if (blockedReaders.incrementAndGet() > maxBlockedReaders) {
                return Entry.OVERLOADED;
            }
            permits.acquire();
            return closed ? Entry.CLOSED : Entry.ADMITTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Entry.CLOSED;
        } finally {
            blockedReaders.decrementAndGet();
        }
    }
}
