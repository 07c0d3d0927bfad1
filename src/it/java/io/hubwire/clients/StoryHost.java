package io.hubwire.clients;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The hub {@code story} on a free port of the loopback interface: at {@code /signalr} with the defaults, at {@code /jsonp} with JSONP;
 * and the pages of {@link Pages}.
 */
final class StoryHost implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;

    private StoryHost(SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static StoryHost start() {
        return start(OriginPolicy.sameOrigin());
    }

    static StoryHost start(OriginPolicy origins) {
        SignalRConfig config = SignalRConfig.builder()
                .name("story-" + NUMBERS.incrementAndGet())
                // GlobalHost tells deployments apart by their class loaders, and several of these may run in one JVM.
                .classLoader(new ClassLoader(StoryHost.class.getClassLoader()) {})
                .transports(transports())
                .origins(origins)
                .hubs("/signalr", HubConfiguration.defaults())
                .hubs("/jsonp", new HubConfiguration(false, true, true))
                .build();
        SignalRServer signalR = SignalRServer.start(config, HubRegistry.of(List.of(StoryHub.class)));
        EmbeddedTomcat tomcat = EmbeddedTomcat.start("", Set.of(), context -> {
            Pages.serve(context);
            SignalR.serve(context, signalR);
        });
        return new StoryHost(signalR, tomcat);
    }

    /** The defaults, but for the patience of clients: many may start at once on a slow machine. */
    private static TransportConfig transports() {
        return new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(20),
                Duration.ofSeconds(110),
                Duration.ofSeconds(30),
                Optional.of(Duration.ofSeconds(10)),
                Duration.ZERO);
    }

    int port() {
        return tomcat.port();
    }

    /** Returns when the message is published. */
    void toAll(String teller, String text) {
        hub().clients()
                .all()
                .invoke("message", teller, text)
                .toCompletableFuture()
                .join();
    }

    /** Returns when the message is published. */
    void toGroup(String teller, String text) {
        hub().clients()
                .group(teller)
                .invoke("message", teller, text)
                .toCompletableFuture()
                .join();
    }

    /** Connections that have not ended. */
    long connections() {
        return signalR.metrics().value(Gauge.CONNECTIONS_CURRENT);
    }

    private HubContext<ClientProxy> hub() {
        return signalR.hubs().connectionManager().hubContext(StoryHub.class);
    }

    @Override
    public void close() {
        signalR.close();
        tomcat.close();
    }
}
