package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.SharedLog;
import io.hubwire.kit.proxy.FaultProxy;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with short times and a small buffer, on a free port of the loopback interface: one node, or a farm of two over one log behind a proxy that
 * sends each TCP connection, so with our clients each request, to the next node.
 */
final class TestServer implements AutoCloseable {
    /** Payloads that a topic keeps. */
    static final int BUFFER_SIZE = 512;

    /** The shortest that the configuration allows. */
    static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(6);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    private static final AtomicInteger LOGS = new AtomicInteger(); // each with an epoch of its own

    private final List<TestNode> nodes;
    private final Optional<SharedLog> log;
    private final Optional<FaultProxy> front;
    private final AtomicInteger turns = new AtomicInteger();
    private boolean closed;

    private TestServer(List<TestNode> nodes, Optional<SharedLog> log) {
        this.nodes = nodes;
        this.log = log;
        this.front = log.map(
                shared -> FaultProxy.to(nodes.stream().map(TestNode::port).toArray(Integer[]::new)));
    }

    /** What a server is made of; tests change it before they start one. */
    static SignalRConfig.Builder config(KeyRing keys) {
        TransportConfig transports = new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                DISCONNECT_TIMEOUT,
                Optional.of(KEEP_ALIVE),
                Duration.ZERO);
        BusConfig bus = BusConfig.forTimeouts(
                        transports.disconnectTimeout(),
                        transports.keepAliveTimeout().orElseThrow())
                .with()
                .messageBufferSize(BUFFER_SIZE)
                .build();
        return SignalRConfig.builder()
                .keys(keys)
                .transports(transports)
                .bus(bus)
                .hubs("/signalr", HubConfiguration.defaults());
    }

    static TestServer single(SignalRConfig.Builder config) {
        return new TestServer(List.of(TestNode.start(config, new InMemoryLog())), Optional.empty());
    }

    static TestServer farm(SignalRConfig.Builder config) {
        SharedLog log = new SharedLog(LOGS.incrementAndGet());
        return new TestServer(
                List.of(TestNode.start(config, log.node()), TestNode.start(config, log.node())), Optional.of(log));
    }

    /** Where clients go. */
    int port() {
        return front.map(FaultProxy::port).orElseGet(() -> nodes.get(0).port());
    }

    /** The nodes, for what is special. */
    List<TestNode> nodes() {
        return nodes;
    }

    /** The hub as seen from the nodes in turn. */
    HubContext<ClientProxy> hub() {
        return nodes.get(Math.floorMod(turns.getAndIncrement(), nodes.size())).hub();
    }

    /** Waits until every node knows what has been published so far. */
    void awaitSpread() {
        try {
            if (log.isPresent()) {
                log.get().awaitFed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOpen() {
        return !closed;
    }

    /** Waits until no client is left: no connection, no subscription, no answer under way. */
    void awaitNobody() {
        await("the end of what clients had").atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(value(Gauge.CONNECTIONS_CURRENT)).as("connections").isZero();
            assertThat(value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT))
                    .as("subscriptions")
                    .isZero();
            assertThat(nodes)
                    .allSatisfy(node ->
                            assertThat(node.openAnswers()).as("open answers").isZero());
        });
    }

    long value(Gauge gauge) {
        return nodes.stream().mapToLong(node -> node.metrics().value(gauge)).sum();
    }

    long value(Counter counter) {
        return nodes.stream().mapToLong(node -> node.metrics().value(counter)).sum();
    }

    /** Ends everything and checks that nothing of it is left; idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            nodes.forEach(TestNode::close);
            front.ifPresent(FaultProxy::close);
            log.ifPresent(SharedLog::close);
            for (Gauge gauge : Gauge.values()) {
                assertThat(value(gauge)).as(gauge.displayName()).isZero();
            }
        }
    }
}
