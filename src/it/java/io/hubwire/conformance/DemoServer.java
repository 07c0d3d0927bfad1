package io.hubwire.conformance;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.bus.InMemoryLog;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubPipelineModule;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.metrics.Metrics;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server with {@link DemoHub} and {@link OtherHub} on a free port of the loopback interface. {@code /signalr} shows detailed errors, {@link #PLAIN} does
 * not (protocol §19.4). Whoever sends {@code X-User: name} is that user.
 */
final class DemoServer implements AutoCloseable {
    /** The mapping with every default. */
    static final String PLAIN = "/signalr2/test";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SignalRServer signalR;
    private final EmbeddedTomcat tomcat;

    private DemoServer(SignalRServer signalR, EmbeddedTomcat tomcat) {
        this.signalR = signalR;
        this.tomcat = tomcat;
    }

    static DemoServer start() {
        return start(settings -> {});
    }

    static DemoServer start(Consumer<SignalRConfig.Builder> settings, HubPipelineModule... modules) {
        return start(new InMemoryLog(), settings, modules);
    }

    /** A node of a farm, when {@code log} is shared. */
    static DemoServer start(MessageLog log, Consumer<SignalRConfig.Builder> settings, HubPipelineModule... modules) {
        SignalRConfig.Builder builder = SignalRConfig.builder()
                .name("demo-" + NUMBERS.incrementAndGet())
                // GlobalHost tells deployments apart by their class loaders, and several of these may run in one JVM.
                .classLoader(new ClassLoader(DemoServer.class.getClassLoader()) {})
                .hubs("/signalr", new HubConfiguration(true, true, false))
                .hubs(PLAIN, HubConfiguration.defaults());
        settings.accept(builder);
        SignalRServer signalR =
                SignalRServer.start(builder.build(), HubRegistry.of(List.of(DemoHub.class, OtherHub.class)), log);
        for (HubPipelineModule module : modules) {
            signalR.hubs().hubPipeline().addModule(module);
        }
        EmbeddedTomcat tomcat = EmbeddedTomcat.start("", Set.of(), context -> {
            identify(context);
            SignalR.serve(context, signalR);
        });
        return new DemoServer(signalR, tomcat);
    }

    private static void identify(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("user", new UserOfTheHeader());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** A client of {@code demo} at {@code /signalr}. */
    ClientOptions client(TestTransport transport) {
        return ClientOptions.to("127.0.0.1", tomcat.port())
                .withTransport(transport)
                .withHubs("demo")
                .withPatience(DemoClients.PATIENCE);
    }

    HubContext<ClientProxy> demo() {
        return signalR.hubs().connectionManager().hubContext(DemoHub.class);
    }

    HubContext<ClientProxy> other() {
        return signalR.hubs().connectionManager().hubContext(OtherHub.class);
    }

    Metrics metrics() {
        return signalR.metrics();
    }

    @Override
    public void close() {
        signalR.close();
        tomcat.close();
    }

    /** No security at all: the tests say who they are. */
    private static final class UserOfTheHeader extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String user = request.getHeader("X-User");
            chain.doFilter(user == null ? request : new Identified(request, user), response);
        }
    }

    private static final class Identified extends HttpServletRequestWrapper {
        private final String user;

        Identified(HttpServletRequest request, String user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> user;
        }
    }
}
