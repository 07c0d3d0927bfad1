package io.hubwire.signalr;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import io.hubwire.signalr.connection.CallsInFlight;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.operations.DrainReport;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.TransportSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends the clients of a node elsewhere, spread over a window, each when its calls are answered. Owns its tick from {@link #start} until it is over or
 * {@link #close closed}.
 */
final class Drain implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(50);

    private final DrainOptions options;
    private final Heartbeat heartbeat;
    private final CallsInFlight calls;
    private final Clock clock;
    private final Executor completions;
    private final CompletableFuture<DrainReport> report = new CompletableFuture<>();
    private final Deque<TransportSession> waiting = new ArrayDeque<>(); // guarded by this, like what follows
    private long beganNanos;
    private int atFirst;
    private int moved;
    private int away;
    private int cut;
    private boolean over;
    private Registration ticks; // null until it has started

    /** @param completions runs what depends on the report */
    Drain(DrainOptions options, Heartbeat heartbeat, CallsInFlight calls, Clock clock, Executor completions) {
        this.options = options;
        this.heartbeat = heartbeat;
        this.calls = calls;
        this.clock = clock;
        this.completions = completions;
    }

    synchronized void start(Timer timer) {
        if (!over) {
            beganNanos = clock.nanoTime();
            heartbeat.drain(options.bound());
            atFirst = heartbeat.size();
            ticks = timer.scheduleEvery(STEP, this::tick);
        }
    }

    CompletionStage<DrainReport> report() {
        return report.minimalCompletionStage();
    }

    void tick() {
        advance().ifPresent(this::tell);
    }

    /** One step. @return the report, when this was the last one */
    private synchronized Optional<DrainReport> advance() {
        Duration elapsed = Duration.ofNanos(clock.nanoTime() - beganNanos);
        boolean atTheBound = elapsed.compareTo(options.bound()) >= 0;
        if (atTheBound) {
            cutOff();
        } else {
            sendOnThoseWhoseTurnItIs(elapsed);
        }
        boolean quiet = heartbeat.size() == 0 && heartbeat.openRequests() == 0 && calls.count() == 0;
        return atTheBound || quiet ? end(elapsed) : Optional.empty();
    }

    private void sendOnThoseWhoseTurnItIs(Duration elapsed) {
        boolean windowIsOver = elapsed.compareTo(options.window()) >= 0;
        int due = windowIsOver ? Integer.MAX_VALUE : share(elapsed);
        if (waiting.isEmpty()) {
            waiting.addAll(heartbeat.clients());
        }
        for (int left = waiting.size(); left > 0 && moved + away < due; left--) {
            TransportSession client = waiting.remove();
            if (!sendOn(client, windowIsOver)) {
                waiting.add(client); // has its turn again when the others have had theirs
            }
        }
    }

    /** How many have to be gone by now. */
    private int share(Duration elapsed) {
        double part = (double) elapsed.toNanos() / options.window().toNanos();
        return (int) Math.ceil(part * atFirst);
    }

    private boolean sendOn(TransportSession client, boolean windowIsOver) {
        if (calls.isWaiting(client.connectionId())) {
            return false;
        }
        if (heartbeat.sendElsewhere(client)) {
            moved++;
            return true;
        }
        if (windowIsOver && heartbeat.letGo(client)) {
            away++;
        }
        return client.isOver();
    }

    private void cutOff() {
        for (TransportSession client : heartbeat.clients()) {
            if (heartbeat.sendElsewhere(client)) {
                cut++;
            } else if (heartbeat.letGo(client)) {
                away++;
            }
        }
    }

    /** Empty when it is over already. */
    private Optional<DrainReport> end(Duration elapsed) {
        if (over) {
            return Optional.empty();
        }
        over = true;
        if (ticks != null) {
            ticks.close();
        }
        return Optional.of(new DrainReport(moved, away, cut, calls.count(), elapsed));
    }

    private void tell(DrainReport result) {
        try {
            completions.execute(() -> report.complete(result));
        } catch (RejectedExecutionException serverHasEnded) {
            report.complete(result);
        }
    }

    /** Ends it where it is, with the server. */
    @Override
    public void close() {
        endNow().ifPresent(this::tell);
    }

    private synchronized Optional<DrainReport> endNow() {
        return end(ticks == null ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - beganNanos));
    }
}
