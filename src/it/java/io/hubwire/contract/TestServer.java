package io.hubwire.contract;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with short times and a small buffer, on a free port of the loopback interface. */
final class TestServer implements AutoCloseable {
    /** Payloads that a topic keeps. */
    static final int BUFFER_SIZE = 512;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;
    private boolean closed;

    private TestServer(String name, SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.name = name;
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static TestServer start(KeyRing keys) {
        return start(config(keys));
    }

    static TestServer startWithOneWorker(KeyRing keys) {
        return start(config(keys).workers(1));
    }

    private static TestServer start(SignalRConfig.Builder builder) {
        String name = "contract-" + NUMBERS.incrementAndGet();
        SignalRServer signalR =
                SignalRServer.start(builder.name(name).build(), HubRegistry.of(List.of(ContractHub.class)));
        EmbeddedTomcat tomcat = EmbeddedTomcat.start("", Set.of(), context -> SignalR.serve(context, signalR));
        return new TestServer(name, signalR, tomcat);
    }

    private static SignalRConfig.Builder config(KeyRing keys) {
        TransportConfig transports = new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                Duration.ofSeconds(6),
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

    int port() {
        return tomcat.port();
    }

    HubContext<ClientProxy> hub() {
        return signalR.hubs().connectionManager().hubContext(ContractHub.class);
    }

    Metrics metrics() {
        return signalR.metrics();
    }

    /** Threads of this server that are still running. */
    List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(thread -> thread.startsWith(name))
                .toList();
    }

    /** Ends both; idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            signalR.close();
            tomcat.close();
        }
    }
}
