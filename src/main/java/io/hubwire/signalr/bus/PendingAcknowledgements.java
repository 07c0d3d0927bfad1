package io.hubwire.signalr.bus;

import io.hubwire.signalr.concurrent.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The joins and leaves of this node that wait for their acknowledgement. Safe for any thread; completes futures on the completions executor only. */
final class PendingAcknowledgements {
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Completions completions;
    private final long timeoutNanos;
    private final int limit;

    private record Pending(CompletableFuture<Void> future, long deadlineNanos) {}

    PendingAcknowledgements(BusConfig config, Clock clock, Completions completions) {
        this.clock = clock;
        this.completions = completions;
        this.timeoutNanos = config.acknowledgementTimeout().toNanos();
        this.limit = config.maxPendingAcknowledgements();
    }

    /**
     * Begins to wait; empty when too many wait already. The future completes with the acknowledgement, fails with a refusal, is cancelled at the
     * timeout, and is forgotten however it ends.
     *
     * @throws IllegalArgumentException when a command of this id waits already
     */
    Optional<CompletableFuture<Void>> await(String id) {
        if (pending.size() >= limit) {
            return Optional.empty();
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        Pending waiting = new Pending(future, clock.nanoTime() + timeoutNanos);
        if (pending.putIfAbsent(id, waiting) != null) {
            throw new IllegalArgumentException("command " + id + " waits for its acknowledgement already");
        }
        CompletionStage<Void> end = future;
        end.whenComplete((done, failure) -> pending.remove(id, waiting));
        return Optional.of(future);
    }

    /** Completes the wait for {@code id}; ids that nobody waits for are those of other nodes, or too late. */
    void acknowledge(String id) {
        Pending waiting = pending.remove(id);
        if (waiting != null) {
            completions.run(() -> waiting.future.complete(null));
        }
    }

    /** Fails the wait for {@code id}, if anybody waits. */
    void refuse(String id, String reason) {
        Pending waiting = pending.remove(id);
        if (waiting != null) {
            completions.run(() -> waiting.future.completeExceptionally(new BusException(reason)));
        }
    }

    /** Cancels what has waited too long. */
    void expire() {
        long now = clock.nanoTime();
        pending.forEach((id, waiting) -> {
            if (now - waiting.deadlineNanos >= 0 && pending.remove(id, waiting)) {
                completions.run(() -> waiting.future.cancel(false));
            }
        });
    }

    /** Fails everything that waits. */
    void close() {
        pending.forEach((id, waiting) -> {
            if (pending.remove(id, waiting)) {
                completions.run(() -> waiting.future.completeExceptionally(new BusException("the bus is closed")));
            }
        });
    }
}
