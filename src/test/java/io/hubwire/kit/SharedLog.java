package io.hubwire.kit;

import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.LogListener;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One log for several nodes, in memory, as a backplane would be: every append is answered later, on the log's own thread; each node is fed on a thread of
 * its own, at its own pace; offsets have holes.
 */
public final class SharedLog implements AutoCloseable {
    private static final int LARGEST_STEP = 5;
    private static final int ROOM_CHECK_MILLIS = 5; // room is not announced

    private final long epoch;
    private final Random steps;
    private final ExecutorService answers = Executors.newSingleThreadExecutor(task -> new Thread(task, "shared-log"));
    private final Object lock = new Object();
    private final List<Slot> slots = new ArrayList<>(); // guarded by lock

    private record Slot(long offset, Message message) {}

    public SharedLog(long seed) {
        steps = new Random(seed);
        epoch = Math.abs(seed);
    }

    /** A node that begins with what the log holds at the moment at which it opens. */
    public Node node() {
        return new Node();
    }

    @Override
    public void close() {
        answers.shutdown();
    }

    private long append(Message message) {
        synchronized (lock) {
            long offset = lastOffset() + 1 + steps.nextInt(LARGEST_STEP);
            slots.add(new Slot(offset, message));
            lock.notifyAll();
            return offset;
        }
    }

    private long lastOffset() {
        return slots.isEmpty() ? 0 : slots.get(slots.size() - 1).offset;
    }

    /** What one node sees of the log. */
    public final class Node implements MessageLog {
        private Thread feeder; // guarded by lock, like what follows
        private int next;
        private boolean paused;
        private boolean closed;

        @Override
        public Origin open() {
            synchronized (lock) {
                next = slots.size();
                return new Origin(epoch, lastOffset());
            }
        }

        @Override
        public void feed(LogListener listener) {
            synchronized (lock) {
                feeder = new Thread(() -> feedUntilClosed(listener), "shared-log-feeder");
                feeder.start();
            }
        }

        @Override
        public CompletionStage<Long> append(Message message) {
            CompletableFuture<Long> answer = new CompletableFuture<>();
            synchronized (lock) {
                if (closed) {
                    return CompletableFuture.failedFuture(new BusException("the log is closed"));
                }
                long offset = SharedLog.this.append(message);
                answers.execute(() -> answer.complete(offset));
            }
            return answer;
        }

        @Override
        public boolean isShared() {
            return true;
        }

        /** This node lags behind until {@link #resume}. */
        public void pause() {
            synchronized (lock) {
                paused = true;
            }
        }

        public void resume() {
            synchronized (lock) {
                paused = false;
                lock.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                closed = true;
                lock.notifyAll();
            }
        }

        private void feedUntilClosed(LogListener listener) {
            try {
                for (Optional<Slot> slot = take(listener); slot.isPresent(); slot = take(listener)) {
                    listener.onEntry(slot.get().offset, slot.get().message);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for the next; empty when the node is closed. */
        private Optional<Slot> take(LogListener listener) throws InterruptedException {
            synchronized (lock) {
                while (!closed && (paused || next == slots.size() || !listener.hasRoom())) {
                    lock.wait(ROOM_CHECK_MILLIS);
                }
                return closed ? Optional.empty() : Optional.of(slots.get(next++));
            }
        }
    }
}
