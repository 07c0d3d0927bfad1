package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.hosting.jakarta.OpenAnswers;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubPipeline;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One server in a Tomcat of its own. */
final class TestNode implements AutoCloseable {
    /** After how long a peer that reads nothing is given up. */
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;

    private TestNode(String name, SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.name = name;
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static TestNode start(SignalRConfig.Builder config, MessageLog log) {
        String name = "contract-" + NUMBERS.incrementAndGet();
        HubRegistry hubs = HubRegistry.of(List.of(ContractHub.class));
        ClassLoader deployment = new ClassLoader(TestNode.class.getClassLoader()) {}; // there is one server to each
        SignalRServer signalR =
                SignalRServer.start(config.name(name).classLoader(deployment).build(), hubs, log);
        EmbeddedTomcat tomcat =
                EmbeddedTomcat.start("", Set.of(), context -> SignalR.serve(context, signalR, options()));
        return new TestNode(name, signalR, tomcat);
    }

    private static HostingOptions options() {
        return HostingOptions.DEFAULTS.with().writeTimeout(WRITE_TIMEOUT).build();
    }

    /** See {@link EmbeddedTomcat#awaitRequestsFor}. */
    void awaitRequestsFor(Duration time) {
        tomcat.awaitRequestsFor(time);
    }

    int port() {
        return tomcat.port();
    }

    HubContext<ClientProxy> hub() {
        return signalR.hubs().connectionManager().hubContext(ContractHub.class);
    }

    HubPipeline pipeline() {
        return signalR.hubs().hubPipeline();
    }

    Metrics metrics() {
        return signalR.metrics();
    }

    /** Answers that are under way, streams and polls among them. */
    int openAnswers() {
        return OpenAnswers.of(tomcat.context().getServletContext());
    }

    /** Ends the server and checks that none of its threads is left. */
    @Override
    public void close() {
        signalR.close();
        tomcat.close();
        assertThat(liveThreads()).isEmpty();
    }

    private List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(thread -> thread.startsWith(name + "-"))
                .toList();
    }
}
