package io.hubwire.conformance;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hub.HubConfiguration;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A server with {@link CallHub} and {@link TellHub}, detailed errors, and a filter that says who everybody is. */
final class CallServer implements AutoCloseable {
    private final HubServer server = HubServer.start(
            "",
            settings -> settings.hubs("/signalr", new HubConfiguration(true, true, false)),
            CallServer::identify,
            List.of(CallHub.class, TellHub.class));

    ClientOptions options(TestTransport transport) {
        return ClientOptions.to("127.0.0.1", server.port())
                .withTransport(transport)
                .withHubs("calls", "tell")
                .withPatience(Duration.ofSeconds(20));
    }

    /** Negotiates, connects and, if the protocol knows that, starts. */
    static SignalRTestClient started(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.create(options);
        client.negotiate();
        client.connect();
        if (options.clientProtocol().compareTo("1.4") >= 0) {
            client.start();
        }
        return client;
    }

    private static void identify(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("identity", new Identity());
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class Identity extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            request.setAttribute("io.hubwire.test", "from the filter");
            chain.doFilter(new Identified(request), response);
        }
    }

    private static final class Identified extends HttpServletRequestWrapper {
        Identified(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return new Alice();
        }
    }

    private record Alice() implements ClaimsPrincipal {

        @Override
        public String getName() {
            return "alice";
        }

        @Override
        public boolean hasRole(String role) {
            return false;
        }

        @Override
        public Set<String> claimNames() {
            return Set.of("department");
        }

        @Override
        public List<String> claims(String name) {
            return name.equals("department") ? List.of("sales", "support") : List.of();
        }
    }
}
