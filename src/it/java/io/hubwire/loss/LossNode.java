package io.hubwire.loss;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.hosting.jakarta.OpenAnswers;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One server of a run, in a Tomcat of its own. It keeps so little that a client which is away for long loses something. */
final class LossNode implements AutoCloseable {
    /** Payloads that a topic keeps. */
    static final int BUFFER_SIZE = 64;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    private static final Duration TAIL_AGE = Duration.ofSeconds(40);

    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;

    private LossNode(SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static LossNode start(String name, KeyRing keys, MessageLog log) {
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
                .tailAge(TAIL_AGE)
                .build();
        ClassLoader deployment = new ClassLoader(LossNode.class.getClassLoader()) {}; // there is one server to each
        SignalRServer signalR = SignalRServer.start(
                SignalRConfig.builder()
                        .name(name)
                        .classLoader(deployment)
                        .keys(keys)
                        .transports(transports)
                        .bus(bus)
                        .hubs("/signalr", HubConfiguration.defaults())
                        .build(),
                HubRegistry.of(List.of(LossHub.class)),
                log);
        return new LossNode(signalR, EmbeddedTomcat.start("", Set.of(), context -> SignalR.serve(context, signalR)));
    }

    int port() {
        return tomcat.port();
    }

    HubContext<ClientProxy> hub() {
        return signalR.hubs().connectionManager().hubContext(LossHub.class);
    }

    long value(Gauge gauge) {
        return signalR.metrics().value(gauge);
    }

    long value(Counter counter) {
        return signalR.metrics().value(counter);
    }

    int openAnswers() {
        return OpenAnswers.of(tomcat.context().getServletContext());
    }

    @Override
    public void close() {
        signalR.close();
        tomcat.close();
    }
}
