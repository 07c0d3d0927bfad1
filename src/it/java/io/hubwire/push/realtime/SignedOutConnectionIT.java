package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of open connections when their user signs out, or the token expires. */
class SignedOutConnectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofSeconds(10);

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(
                data, Map.of("hubwire.password.cost", "4", "hubwire.token.lifetime", LIFETIME.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ClientOptions options(TestTransport transport, ApiClient user) {
        return ClientOptions.to("127.0.0.1", server.uri().getPort())
                .withTransport(transport)
                .withHubs("pushhub")
                .withPatience(PATIENCE)
                .withQuery("access_token", user.token());
    }

    private static int statusOfReconnect(SignalRTestClient client) {
        client.reconnect();
        client.awaitChannelEnd();
        return client.webSocket()
                .map(socket -> socket.head().orElseThrow().status())
                .orElseGet(() -> client.exchange().map(RawExchange::status).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void signOut_endsTheOpenConnection_andLetsItInNoMore(TestTransport transport) throws Exception {
        ApiClient alice = server.signedIn("alice");
        ApiClient bob = server.signedIn("bob");
        try (SignalRTestClient hers = SignalRTestClient.start(options(transport, alice));
                SignalRTestClient his = SignalRTestClient.start(options(transport, bob))) {

            assertThat(alice.post("/api/signout").status()).isEqualTo(204);

            hers.awaitChannelEnd();
            assertThat(statusOfReconnect(hers)).isEqualTo(401);
            assertThat(his.invoke("pushhub", "send", "still here").error()).isEmpty();
        }
    }

    @Test
    void signOut_elsewhere_letsTheUsersOtherPageComeBack() throws Exception {
        ApiClient phone = server.signedIn("alice");
        ApiClient desk = server.signedIn("alice");
        try (SignalRTestClient page = SignalRTestClient.start(options(TestTransport.WEB_SOCKETS, desk))) {
            phone.post("/api/signout");
            page.awaitChannelEnd();

            page.reconnect();

            // The page is in the book again when its reconnect event has run.
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            page.invoke("pushhub", "sendTo", "alice", "me").error())
                    .isEmpty());
            page.awaitCall("PushHub", "broadcastMessage");
        }
    }

    @Test
    void tokenThatExpires_endsTheConnection_onEveryTransport() throws Exception {
        Instant signingIn = Instant.now();
        ApiClient carol = server.signedIn("carol");
        List<SignalRTestClient> clients = Arrays.stream(TestTransport.values())
                .map(transport -> SignalRTestClient.start(options(transport, carol)))
                .toList();
        for (SignalRTestClient client : clients) {
            client.awaitChannelEnd();

            assertThat(Duration.between(signingIn, Instant.now())).isGreaterThan(LIFETIME.minusSeconds(2));
            assertThat(statusOfReconnect(client)).isEqualTo(401);
            client.close();
        }
    }
}
