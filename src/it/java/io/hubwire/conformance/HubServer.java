package io.hubwire.conformance;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.connection.ConnectTickets;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.HubDeployment;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Metrics;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.Engine;
import org.apache.catalina.Valve;
import org.apache.catalina.valves.ErrorReportValve;

/** A server with {@link RedirectTestHub} and whatever settings a test needs, on a free port of the loopback interface. */
final class HubServer implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;

    private HubServer(SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static HubServer start(Consumer<SignalRConfig.Builder> settings) {
        return start("", settings, context -> {});
    }

    /**
     * Starts a server.
     *
     * @param contextPath empty for the root
     * @param filters what stands in front of SignalR
     */
    static HubServer start(
            String contextPath, Consumer<SignalRConfig.Builder> settings, Consumer<ServletContext> filters) {
        return start(contextPath, settings, filters, List.of(RedirectTestHub.class));
    }

    static HubServer start(
            String contextPath,
            Consumer<SignalRConfig.Builder> settings,
            Consumer<ServletContext> filters,
            List<Class<?>> hubs) {
        SignalRConfig.Builder builder = SignalRConfig.builder()
                .name("edge-" + NUMBERS.incrementAndGet())
                // GlobalHost tells deployments apart by their class loaders, and several of these may run in one JVM.
                .classLoader(new ClassLoader(HubServer.class.getClassLoader()) {});
        settings.accept(builder);
        SignalRServer signalR = SignalRServer.start(builder.build(), HubRegistry.of(hubs));
        EmbeddedTomcat tomcat = EmbeddedTomcat.start(contextPath, Set.of(), context -> {
            filters.accept(context);
            SignalR.serve(context, signalR);
        });
        withoutDetails(tomcat);
        return new HubServer(signalR, tomcat);
    }

    /** As the application's own server does: what Tomcat refuses by itself must not show where. */
    private static void withoutDetails(EmbeddedTomcat tomcat) {
        for (Valve valve : tomcat.context().getParent().getPipeline().getValves()) {
            if (valve instanceof ErrorReportValve report) {
                report.setShowReport(false);
                report.setShowServerInfo(false);
            }
        }
    }

    int port() {
        return tomcat.port();
    }

    /** Has the container take request heads of up to so many bytes; before the first request. */
    void allowHeadsOf(int bytes) {
        ((Engine) tomcat.context().getParent().getParent())
                .getService()
                .findConnectors()[0]
                .setProperty("maxHttpRequestHeaderSize", Integer.toString(bytes));
    }

    /** How many requests are being answered asynchronously. */
    long asyncRequests() {
        return tomcat.asyncRequests();
    }

    HubDeployment hubs() {
        return signalR.hubs();
    }

    ConnectTickets connectTickets() {
        return signalR.connectTickets().orElseThrow();
    }

    Metrics metrics() {
        return signalR.metrics();
    }

    @Override
    public void close() {
        signalR.close();
        tomcat.close();
    }
}
