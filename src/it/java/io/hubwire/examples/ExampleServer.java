package io.hubwire.examples;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubPipelineModule;
import io.hubwire.signalr.hub.HubRegistry;
import io.hubwire.signalr.security.OriginPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server for some of the examples, on a free port of the loopback interface: {@code /detailed} tells clients of every error, {@code /signalr} does not.
 * {@code ?Bearer=token of NAME} makes a request that user's.
 */
record ExampleServer(SignalRServer signalR, EmbeddedTomcat tomcat) implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static ExampleServer start(HubPipelineModule module, Class<?>... hubs) {
        return start(OriginPolicy.sameOrigin(), module, context -> {}, hubs);
    }

    /**
     * Starts a server.
     *
     * @param more what the context has besides
     */
    static ExampleServer start(
            OriginPolicy origins, HubPipelineModule module, Consumer<ServletContext> more, Class<?>... hubs) {
        SignalRConfig config = SignalRConfig.builder()
                .name("examples-" + NUMBERS.incrementAndGet())
                // GlobalHost tells deployments apart by their class loaders, and several of these may run in one JVM.
                .classLoader(new ClassLoader(ExampleServer.class.getClassLoader()) {})
                .origins(origins)
                .hubs("/signalr", HubConfiguration.defaults())
                .hubs("/detailed", new HubConfiguration(true, true, false))
                .build();
        SignalRServer signalR = SignalRServer.start(config, HubRegistry.of(List.of(hubs)));
        signalR.hubs().hubPipeline().addModule(module);
        EmbeddedTomcat tomcat = EmbeddedTomcat.start("", Set.of(), context -> {
            authenticate(context);
            more.accept(context);
            SignalR.serve(context, signalR);
        });
        return new ExampleServer(signalR, tomcat);
    }

    private static void authenticate(ServletContext context) {
        FilterRegistration.Dynamic filter =
                context.addFilter("bearer", new QueryStringBearerFilter(ExampleServer::userOf));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private static Optional<Principal> userOf(String token) {
        return token.startsWith("token of ") ? Optional.of(() -> token.substring(9)) : Optional.empty();
    }

    String site() {
        return "http://127.0.0.1:" + tomcat.port();
    }

    ClientOptions client(String hub) {
        return ClientOptions.to("127.0.0.1", tomcat.port())
                .withTransport(TestTransport.WEB_SOCKETS)
                .withHubs(hub)
                .withPatience(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        signalR.close();
        tomcat.close();
    }
}
