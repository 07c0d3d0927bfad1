package io.hubwire.kit;

import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.LogListener;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

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
    // guarded by lock, like what follows
    private final Set<Node> nodes = new HashSet<>(); // those that are open
    private long lastOffset;
    private BiConsumer<Long, Message> witness = (offset, message) -> {};

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

    /** Has every message told with its offset, in order, before any node gets it; must return at once. */
    public void witnessedBy(BiConsumer<Long, Message> told) {
        synchronized (lock) {
            witness = told;
        }
    }

    /** Waits until every node that is not paused has been given all that is in the log. */
    public void awaitFed() throws InterruptedException {
        synchronized (lock) {
            while (nodes.stream().anyMatch(node -> !node.paused && node.lags())) {
                lock.wait(ROOM_CHECK_MILLIS);
            }
        }
    }

    private long append(Message message) {
        synchronized (lock) {
            lastOffset += 1 + steps.nextInt(LARGEST_STEP);
            witness.accept(lastOffset, message);
            Slot slot = new Slot(lastOffset, message);
            nodes.forEach(node -> node.waiting.add(slot));
            lock.notifyAll();
            return lastOffset;
        }
    }

    /** What one node sees of the log. */
    public final class Node implements MessageLog {
        private final Deque<Slot> waiting = new ArrayDeque<>(); // guarded by lock, like what follows
        private Thread feeder;
        private boolean feeding; // an entry is being handed over
        private boolean paused;
        private boolean closed;

        @Override
        public Origin open() {
            synchronized (lock) {
                nodes.add(this);
                return new Origin(epoch, lastOffset);
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
                nodes.remove(this);
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
                feeding = false;
                while (!closed && (paused || waiting.isEmpty() || !listener.hasRoom())) {
                    lock.wait(ROOM_CHECK_MILLIS);
                }
                feeding = !closed;
                return closed ? Optional.empty() : Optional.of(waiting.remove());
            }
        }

        private boolean lags() {
            return feeding || !waiting.isEmpty();
        }
    }
}
