package io.hubwire.signalr.bus;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The log of a single node: a sequencer. Holds no messages itself and ends with the process. */
public final class InMemoryLog implements MessageLog {
    private static final int EPOCH_BITS = 40; // 8 characters in a cursor

    private final long epoch = new SecureRandom().nextLong() >>> (Long.SIZE - EPOCH_BITS);
    private final Object lock = new Object();
    private LogListener listener; // guarded by lock
    private long last; // guarded by lock
    private boolean closed; // guarded by lock

    @Override
    public Origin open() {
        return new Origin(epoch, 0);
    }

    @Override
    public void feed(LogListener listener) {
        synchronized (lock) {
            this.listener = listener;
        }
    }

    /** Hands the message over before it returns, in the calling thread; the stage is complete already. */
    @Override
    public CompletionStage<Long> append(Message message) {
        long offset;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(new BusException("the log is closed"));
            }
            offset = last + 1;
            listener.onEntry(offset, message); // only puts it into queues
            last = offset;
        }
        return CompletableFuture.completedFuture(offset);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }
}
