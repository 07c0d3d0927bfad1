package io.hubwire.signalr.connection;

import io.hubwire.kit.FakeClock;
import io.hubwire.kit.ManualTimer;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.security.RateLimit;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.SessionLimits;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What the connections of a node share, all of it in the hands of the test: one story of everything, one thread, workers that work when told. */
final class TestNode {
    static final String CONNECTION = "c1";
    static final String COMMANDS = "commands of c1";
    static final int MOST_CALLS = 2;
    static final int MOST_CALLS_A_SECOND = 3;
    private static final int MOST_BLOCKED_READERS = 1;
    private static final int MANY = 100;

    final List<String> story = new ArrayList<>();
    final Metrics metrics = new Metrics();
    final KeyRing keys = KeyRing.random();
    final ManualWorkers workers = new ManualWorkers();
    final StoryBus bus = new StoryBus(story);
    final StoryEndpoint endpoint = new StoryEndpoint(story);
    final ConnectionTrace trace = new ConnectionTrace(TraceSources.unheard());
    final AtomicInteger blockedReaders = new AtomicInteger();
    private final FakeClock clock = new FakeClock();
    private final ManualTimer timer = new ManualTimer(clock);
    final Heartbeat heartbeat =
            new Heartbeat(TransportConfig.defaults(), SessionLimits.defaults(), timer, clock, TraceSources.unheard());
    final ConnectionServices services = services();

    private ConnectionServices services() {
        return new ConnectionServices(
                bus,
                heartbeat,
                workers,
                keys,
                OriginPolicy.sameOrigin(),
                NegotiateRedirector.NONE,
                TransportConfig.defaults(),
                new ConnectionConfig(
                        MOST_CALLS, MOST_BLOCKED_READERS, MANY, MANY, MANY, OptionalInt.empty(), OverflowPolicy.SKIP),
                metrics,
                Optional.of(new RateLimit(MOST_CALLS_A_SECOND, Duration.ofDays(1), MANY)),
                new CallsInFlight(metrics),
                blockedReaders,
                TraceSources.unheard());
    }

    /** A request whose scope needs no disposal. */
    ScopeHolds holds() {
        return new ScopeHolds(Optional.empty(), workers, trace.connections());
    }

    /** A request whose scope says so in the story when it is disposed of, which is work. */
    ScopeHolds disposable() {
        return new ScopeHolds(Optional.of(() -> story.add("disposed")), workers, trace.connections());
    }

    ConnectionRequest request(TransportKind kind) {
        return request(kind, Optional.empty());
    }

    ConnectionRequest request(TransportKind kind, Optional<Principal> user) {
        return new ConnectionRequest(host(user), CONNECTION, kind, endpoint, Map.of(), Optional.empty());
    }

    private static HostRequest host(Optional<Principal> user) {
        return (HostRequest) Proxy.newProxyInstance(
                HostRequest.class.getClassLoader(),
                new Class<?>[] {HostRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "user" -> user;
                    case "remoteAddress" -> "192.0.2.1";
                    default -> Optional.empty();
                });
    }

    SubscriptionRequest interest() {
        return new SubscriptionRequest(
                CONNECTION,
                COMMANDS,
                Set.of(COMMANDS),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                MANY,
                OverflowPolicy.SKIP,
                new GroupLimits(CONNECTION, MANY));
    }

    /** A loop whose transport is open and whose subscription is not attached. */
    ConnectionLoop loop(TransportKind kind) {
        ConnectionLoop loop = new ConnectionLoop(new StoryReceiver(CONNECTION, kind, story), trace);
        loop.opened(new StoryTransport(kind, story));
        loop.subscribed(new StorySubscription(story, () -> {}));
        return loop;
    }

    /** What has been written down since this was asked last. */
    List<String> news() {
        List<String> told = List.copyOf(story);
        story.clear();
        return told;
    }

    /** The subscription that a loop has been given. */
    static StorySubscription attach(ConnectionLoop loop, List<String> story) {
        StorySubscription subscription = new StorySubscription(story, () -> {});
        loop.attached(subscription);
        return subscription;
    }
}
