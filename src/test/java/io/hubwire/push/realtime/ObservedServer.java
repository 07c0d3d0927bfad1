package io.hubwire.push.realtime;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.operations.DrainReport;
import io.hubwire.signalr.operations.ServerOperations;
import io.hubwire.signalr.operations.ServerSnapshot;
import io.hubwire.signalr.operations.ServerSnapshot.Clients;
import io.hubwire.signalr.operations.ServerSnapshot.Gaps;
import io.hubwire.signalr.operations.ServerSnapshot.HubLoad;
import io.hubwire.signalr.operations.ServerSnapshot.Readers;
import io.hubwire.signalr.operations.ServerSnapshot.SlowReader;
import io.hubwire.signalr.operations.ServerSnapshot.TopicLoad;
import io.hubwire.signalr.operations.ServerSnapshot.Topics;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with one client more each time somebody looks at it. */
final class ObservedServer implements ServerOperations {
    static final Instant TAKEN_AT = Instant.parse("2026-01-02T03:04:05.678912Z");

    private final AtomicInteger asked = new AtomicInteger();
    private final Metrics metrics = new Metrics("observed", Set.of("Upload Size"));
    private volatile State state = State.RUNNING;
    private volatile boolean draining;

    private enum State {
        RUNNING,
        FAILING,
        STOPPED
    }

    /** How often somebody looked. */
    int asked() {
        return asked.get();
    }

    void run() {
        state = State.RUNNING;
    }

    /** Answers with failures. */
    void fail() {
        state = State.FAILING;
    }

    /** Throws when it is asked. */
    void stop() {
        state = State.STOPPED;
    }

    @Override
    public CompletionStage<ServerSnapshot> snapshot() {
        return switch (state) {
            case RUNNING -> CompletableFuture.completedFuture(look());
            case FAILING -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));
            case STOPPED -> throw new IllegalStateException("not running");
        };
    }

    private ServerSnapshot look() {
        return new ServerSnapshot(
                metrics.name(),
                TAKEN_AT,
                Duration.ofSeconds(3661),
                draining,
                List.of(new Clients(TransportKind.WEB_SOCKETS, asked.incrementAndGet(), 2)),
                List.of(new HubLoad("PushHub", 3, 4, 1, 2, Duration.ofMillis(10))),
                new Topics(9, 1000, List.of(), List.of(new TopicLoad("h-PushHub", 3, 7))),
                new Readers(2, List.of(behind(), left())),
                new Gaps(1, 12),
                metrics.snapshot(),
                rates(),
                metrics.recentErrors().list());
    }

    private static SlowReader behind() {
        return new SlowReader(
                "c1", Optional.of("alice"), Optional.of(TransportKind.LONG_POLLING), 5, 600, Duration.ofSeconds(7));
    }

    private static SlowReader left() {
        return new SlowReader("c2", Optional.empty(), Optional.empty(), 1, 2, Duration.ofMillis(3));
    }

    @Override
    public CompletionStage<DrainReport> drain(DrainOptions options) {
        draining = true;
        return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<DrainReport> drain() {
        return drain(DrainOptions.DEFAULTS);
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Map<String, Double> rates() {
        return Map.of(Counter.CONNECTION_MESSAGES_RECEIVED.rateName().orElseThrow(), 1.5);
    }
}
