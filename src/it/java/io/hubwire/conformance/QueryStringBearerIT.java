package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.AccessTokenFilter;
import io.hubwire.examples.AccessTokens;
import io.hubwire.examples.AccountHub;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.hub.HubConfiguration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example of a bearer token in the query. */
class QueryStringBearerIT {
    private static final Duration HOUR = Duration.ofHours(1);

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(
                "",
                settings -> settings.hubs("/signalr", HubConfiguration.defaults()),
                context -> {
                    FilterRegistration.Dynamic filter = context.addFilter("bearer", new AccessTokenFilter());
                    filter.setAsyncSupported(true);
                    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
                },
                List.of(AccountHub.class));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int negotiate(String query) {
        return Requests.to(server.port())
                .get("/signalr/negotiate?connectionData=%5B%7B%22name%22%3A%22accounthub%22%7D%5D" + query)
                .status();
    }

    private static SignalRTestClient client(TestTransport transport, String token) {
        return SignalRTestClient.start(ClientOptions.to("127.0.0.1", server.port())
                .withTransport(transport)
                .withHubs("accounthub")
                .withPatience(Duration.ofSeconds(20))
                .withQuery("Bearer", token));
    }

    @ParameterizedTest
    @EnumSource
    void holder_connectsAndIsKnownToTheHub(TestTransport transport) {
        try (SignalRTestClient client = client(transport, AccessTokens.issue("alice", Set.of(), HOUR))) {
            assertThat(client.invoke("accounthub", "whoAmI").result()).contains("\"alice\"");
            assertThat(client.invoke("accounthub", "close", "bob").error()).isPresent();
            client.abort();
        }
        try (SignalRTestClient client = client(transport, AccessTokens.issue("root", Set.of("Admin"), HOUR))) {
            assertThat(client.invoke("accounthub", "close", "bob").error()).isEmpty();
            client.abort();
        }
    }

    @Test
    void whoBringsNoGoodToken_isRefusedAtNegotiation() {
        assertThat(negotiate("")).isEqualTo(401);
        assertThat(negotiate("&Bearer=")).isEqualTo(401);
        assertThat(negotiate("&Bearer=forged")).isEqualTo(401);
        assertThat(negotiate("&Bearer=" + AccessTokens.issue("alice", Set.of(), Duration.ofSeconds(-1))))
                .isEqualTo(401);
    }
}
