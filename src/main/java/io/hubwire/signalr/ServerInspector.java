package io.hubwire.signalr;

import io.hubwire.signalr.bus.BusSnapshot;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.ReaderLag;
import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import io.hubwire.signalr.hub.HubDeployment;
import io.hubwire.signalr.hub.HubDescriptor;
import io.hubwire.signalr.metrics.CallStatistics;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.MessageRates;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.operations.ServerSnapshot;
import io.hubwire.signalr.operations.ServerSnapshot.Clients;
import io.hubwire.signalr.operations.ServerSnapshot.Gaps;
import io.hubwire.signalr.operations.ServerSnapshot.HubLoad;
import io.hubwire.signalr.operations.ServerSnapshot.Readers;
import io.hubwire.signalr.operations.ServerSnapshot.SlowReader;
import io.hubwire.signalr.operations.ServerSnapshot.TopicLoad;
import io.hubwire.signalr.operations.ServerSnapshot.Topics;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Puts together what a server is doing. Owns the sampling of its rates, from its making until {@link #close}. */
final class ServerInspector implements AutoCloseable {
    private static final Duration SAMPLING_PERIOD = Duration.ofSeconds(5);

    private final Metrics metrics;
    private final MessageBus bus;
    private final Heartbeat heartbeat;
    private final List<HubDescriptor> hubs;
    private final Clock clock;
    private final long startedNanos;
    private final MessageRates rates;
    private final Registration sampling;
    private final AtomicReference<CompletableFuture<ServerSnapshot>> underWay = new AtomicReference<>();

    ServerInspector(
            Metrics metrics, MessageBus bus, Heartbeat heartbeat, List<HubDescriptor> hubs, Timer timer, Clock clock) {
        this.metrics = metrics;
        this.bus = bus;
        this.heartbeat = heartbeat;
        this.hubs = hubs;
        this.clock = clock;
        this.startedNanos = clock.nanoTime();
        this.rates = new MessageRates(metrics, clock::nanoTime);
        this.sampling = timer.scheduleEvery(SAMPLING_PERIOD, rates::sample);
    }

    /** See {@link io.hubwire.signalr.operations.ServerOperations#rates}. */
    Map<String, Double> rates() {
        return rates.current();
    }

    /** See {@link io.hubwire.signalr.operations.ServerOperations#snapshot}. */
    CompletionStage<ServerSnapshot> snapshot() {
        CompletableFuture<ServerSnapshot> mine = new CompletableFuture<>();
        CompletableFuture<ServerSnapshot> first = underWay.compareAndExchange(null, mine);
        if (first != null) {
            return first.minimalCompletionStage();
        }
        bus.inspect(ServerSnapshot.MOST_LISTED, ServerSnapshot.MOST_LISTED).whenComplete((found, failure) -> {
            underWay.set(null);
            if (failure == null) {
                mine.complete(put(found));
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine.minimalCompletionStage();
    }

    private ServerSnapshot put(BusSnapshot found) {
        return new ServerSnapshot(
                metrics.name(),
                Instant.now(),
                Duration.ofNanos(clock.nanoTime() - startedNanos),
                heartbeat.isDraining(),
                clients(),
                hubs.stream().map(this::load).toList(),
                new Topics(
                        found.topics(),
                        found.retainedBytes(),
                        topics(found.mostSubscribed()),
                        topics(found.mostRetained())),
                new Readers(
                        found.behind(),
                        found.furthestBehind().stream().map(this::slowReader).toList()),
                new Gaps(metrics.value(Counter.CONNECTION_GAPS), metrics.value(Counter.CONNECTION_MESSAGES_MISSED)),
                metrics.snapshot(),
                rates.current(),
                metrics.recentErrors().list());
    }

    private List<Clients> clients() {
        Heartbeat.Census census = heartbeat.census();
        return Stream.of(TransportKind.values())
                .map(kind -> new Clients(
                        kind, census.open().getOrDefault(kind, 0), census.away().getOrDefault(kind, 0)))
                .toList();
    }

    private HubLoad load(HubDescriptor hub) {
        CallStatistics calls = metrics.calls(hub.name());
        return new HubLoad(
                hub.name(),
                bus.subscribers(HubDeployment.topicOf(hub)),
                calls.completed(),
                calls.failed(),
                calls.running(),
                calls.totalTime());
    }

    private static List<TopicLoad> topics(List<io.hubwire.signalr.bus.TopicLoad> loads) {
        return loads.stream()
                .map(load -> new TopicLoad(load.name(), load.subscribers(), load.messages()))
                .toList();
    }

    private SlowReader slowReader(ReaderLag lag) {
        Optional<Receiver> request = heartbeat.latestRequest(lag.identity());
        return new SlowReader(
                lag.identity(),
                request.flatMap(receiver -> receiver.peer().user()),
                request.map(Receiver::kind),
                lag.messages(),
                lag.bytes(),
                lag.age());
    }

    @Override
    public void close() {
        sampling.close();
    }
}
