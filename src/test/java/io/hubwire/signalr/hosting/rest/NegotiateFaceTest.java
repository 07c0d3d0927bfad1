package io.hubwire.signalr.hosting.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.EmbeddedTomcat;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.hosting.jakarta.SignalR;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Negotiation through a JAX-RS application on Jersey. */
class NegotiateFaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LogAudit log = new LogAudit();
    private EmbeddedTomcat server;

    /** Shows what went through JAX-RS. */
    public static final class Mark implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().putSingle("X-Face", "rest");
        }
    }

    /** The application's own. */
    @Path("own")
    public static final class OwnResource {
        @GET
        public String get() {
            return "own";
        }
    }

    @BeforeEach
    void start() {
        server = EmbeddedTomcat.start("/app", Set.of(), NegotiateFaceTest::setUp);
    }

    private static void setUp(ServletContext context) {
        HostingOptions options = HostingOptions.DEFAULTS
                .with()
                .negotiateFace(Optional.of("/api/" + NegotiateFace.PATH))
                .build();
        SignalR.map(context, List.of(), options).hubs("/signalr");
        ResourceConfig application = new ResourceConfig(OwnResource.class, NegotiateFace.class, Mark.class);
        ServletRegistration.Dynamic rest = context.addServlet("rest", new ServletContainer(application));
        rest.addMapping("/api/*");
        rest.setAsyncSupported(true);
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private RawExchange call(String method, String target) {
        RawHttpRequest request = new RawHttpRequest(method, target, List.of("Connection: close"), new byte[0]);
        return new RawHttpClient("127.0.0.1", server.port()).call(request, PATIENCE);
    }

    private static String header(RawExchange exchange, String name) {
        return exchange.head().orElseThrow().first(name).orElse("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "OPTIONS", "DELETE", "PATCH", "FOO"})
    void negotiation_withAnyMethod_goesThroughJaxRs(String method) {
        try (RawExchange answer = call(method, "/app/SIGNALR//negotiate?clientProtocol=1.5")) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(header(answer, "X-Face")).isEqualTo("rest");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(answer, "Content-Type")).startsWith("application/json");
            assertThat(answer.body()).contains("\"ConnectionToken\"", "\"ProtocolVersion\":\"1.5\"");
        }
    }

    @Test
    void negotiation_refused_isRefusedThroughJaxRs() {
        try (RawExchange answer = call("GET", "/app/signalr/negotiate?callback=cb")) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void otherOperations_stayWithTheHost() {
        try (RawExchange answer = call("GET", "/app/signalr/ping")) {
            assertThat(answer.body()).isEqualTo("{ \"Response\": \"pong\" }");
            assertThat(header(answer, "X-Face")).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "OPTIONS", "FOO"})
    void privatePath_askedForDirectly_isNotThere(String method) {
        try (RawExchange answer = call(method, "/app/api/hubwire/negotiate?clientProtocol=2.1")) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("ConnectionToken");
        }
    }

    @Test
    void ownResources_areUntouched() {
        try (RawExchange answer = call("GET", "/app/api/own")) {
            assertThat(answer.body()).isEqualTo("own");
        }
    }
}
