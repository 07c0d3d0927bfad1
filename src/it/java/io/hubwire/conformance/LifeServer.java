package io.hubwire.conformance;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.ConnectionManager;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with {@link LifeHub} and times of a test's choice, on a free port of the loopback interface. The header {@code X-Good-Until} (milliseconds since
 * 1970) makes a request alice's, for that long.
 */
final class LifeServer implements AutoCloseable {
    static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(6);
    static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;
    private boolean closed;

    private LifeServer(SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    /**
     * What a test wants other than the usual.
     *
     * @param keepAlive empty for off
     */
    record Settings(
            Optional<Duration> keepAlive,
            Duration connectionTimeout,
            Duration longPollDelay,
            KeyRing keys,
            HostingOptions hosting) {

        static Settings usual() {
            return new Settings(
                    Optional.of(KEEP_ALIVE),
                    Duration.ofSeconds(110),
                    Duration.ZERO,
                    KeyRing.random(),
                    HostingOptions.DEFAULTS);
        }

        Settings withoutKeepAlive() {
            return new Settings(Optional.empty(), connectionTimeout, longPollDelay, keys, hosting);
        }

        Settings connectionTimeout(Duration changed) {
            return new Settings(keepAlive, changed, longPollDelay, keys, hosting);
        }

        Settings longPollDelay(Duration changed) {
            return new Settings(keepAlive, connectionTimeout, changed, keys, hosting);
        }

        Settings keys(KeyRing changed) {
            return new Settings(keepAlive, connectionTimeout, longPollDelay, changed, hosting);
        }

        Settings hosting(HostingOptions changed) {
            return new Settings(keepAlive, connectionTimeout, longPollDelay, keys, changed);
        }
    }

    static LifeServer start(Settings settings) {
        SignalRServer signalR = SignalRServer.start(config(settings), HubRegistry.of(List.of(LifeHub.class)));
        EmbeddedTomcat tomcat = EmbeddedTomcat.start("", Set.of(), context -> {
            authenticate(context);
            SignalR.serve(context, signalR, settings.hosting());
        });
        return new LifeServer(signalR, tomcat);
    }

    private static SignalRConfig config(Settings settings) {
        TransportConfig transports = new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                settings.connectionTimeout(),
                DISCONNECT_TIMEOUT,
                settings.keepAlive(),
                settings.longPollDelay());
        return SignalRConfig.builder()
                .name("life-" + NUMBERS.incrementAndGet())
                // GlobalHost tells deployments apart by their class loaders, and several of these may run in one JVM.
                .classLoader(new ClassLoader(LifeServer.class.getClassLoader()) {})
                .keys(settings.keys())
                .transports(transports)
                .bus(BusConfig.forTimeouts(
                        DISCONNECT_TIMEOUT, transports.keepAliveTimeout().orElse(Duration.ZERO)))
                .hubs("/signalr", new HubConfiguration(false, true, true))
                .build();
    }

    private static void authenticate(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("alice", new AliceFilter());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    int port() {
        return tomcat.port();
    }

    Requests requests() {
        return Requests.to(port());
    }

    /** How a client of this server begins; patient. */
    ClientOptions client(TestTransport transport) {
        return ClientOptions.to("127.0.0.1", port())
                .withTransport(transport)
                .withHubs("lifehub")
                .withPatience(Requests.PATIENCE);
    }

    ConnectionManager connections() {
        return signalR.hubs().connectionManager();
    }

    HubClients<ClientProxy> clients() {
        return connections().hubContext(LifeHub.class).clients();
    }

    long value(Gauge gauge) {
        return signalR.metrics().value(gauge);
    }

    /** Ends SignalR alone; the container goes on. */
    void closeSignalR() {
        signalR.close();
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

    private record Alice(Instant expiresAt) implements ExpiringPrincipal {
        @Override
        public String getName() {
            return "alice";
        }
    }

    private static final class AliceFilter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String goodUntil = request.getHeader("X-Good-Until");
            chain.doFilter(goodUntil == null ? request : authenticated(request, goodUntil), response);
        }

        private static HttpServletRequest authenticated(HttpServletRequest request, String goodUntil) {
            Principal alice = new Alice(Instant.ofEpochMilli(Long.parseLong(goodUntil)));
            return new HttpServletRequestWrapper(request) {
                @Override
                public Principal getUserPrincipal() {
                    return alice;
                }
            };
        }
    }
}
