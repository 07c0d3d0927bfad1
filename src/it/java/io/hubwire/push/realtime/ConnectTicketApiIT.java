package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the application's pages get in: by tickets, and by the bearer token in the query as before. */
class ConnectTicketApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PUSH_HUB = "connectionData=%5B%7B%22name%22%3A%22pushhub%22%7D%5D";

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, Map.of("hubwire.password.cost", "4"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String ticket(ApiClient user) throws Exception {
        ApiClient.Answer answer = user.post("/api/connect-ticket");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInt("expiresIn")).isEqualTo(30);
        return answer.json().getString("ticket");
    }

    private static ClientOptions options(TestTransport transport) {
        return ClientOptions.to("127.0.0.1", server.uri().getPort())
                .withTransport(transport)
                .withHubs("pushhub")
                .withPatience(PATIENCE);
    }

    private static int get(String target) {
        RawExchange exchange =
                new RawHttpClient("127.0.0.1", server.uri().getPort()).call(RawHttpRequest.get(target), PATIENCE);
        return exchange.status();
    }

    private static int negotiate(String query) {
        return get("/signalr/negotiate?clientProtocol=2.1&" + PUSH_HUB + query);
    }

    @ParameterizedTest
    @EnumSource
    void ticket_opensOneConnection_thatLivesOn(TestTransport transport) throws Exception {
        String ticket = ticket(server.signedIn("alice"));
        try (SignalRTestClient page = SignalRTestClient.start(options(transport).withQuery("ticket", ticket))) {
            page.reconnect();

            assertThat(page.invoke("pushhub", "sendTo", "alice", "me").error()).isEmpty();
            page.awaitCall("PushHub", "broadcastMessage");
            assertThat(negotiate("&ticket=" + ticket)).isEqualTo(401);
            page.abort();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signOut_endsAConnectionByTicket_andLetsItInNoMore(TestTransport transport) throws Exception {
        ApiClient alice = server.signedIn("alice");
        String ticket = ticket(alice);
        String unused = ticket(alice);
        try (SignalRTestClient page = SignalRTestClient.start(options(transport).withQuery("ticket", ticket))) {
            assertThat(alice.post("/api/signout").status()).isEqualTo(204);

            page.awaitChannelEnd();
            assertThat(get("/signalr/ping?ticket=" + ticket)).isEqualTo(401);
            assertThat(negotiate("&ticket=" + unused)).isEqualTo(401);
        }
    }

    @Test
    void bearerTokenInTheQuery_goesOnWorking() throws Exception {
        String token = server.signedIn("bob").token();

        assertThat(negotiate("&Bearer=" + token)).isEqualTo(200);
        assertThat(negotiate("&bearer=" + token)).isEqualTo(200);
        assertThat(negotiate("&access_token=" + token)).isEqualTo(200);
    }

    @Test
    void anonymous_isRefusedAtNegotiation() {
        assertThat(negotiate("")).isEqualTo(401);
        assertThat(negotiate("&Bearer=")).isEqualTo(401);
        assertThat(negotiate("&ticket=")).isEqualTo(401);
        assertThat(get("/perfmon/negotiate?clientProtocol=2.1")).isEqualTo(401);
    }

    @Test
    void ticket_isForLiveConnectionsOnly() throws Exception {
        String ticket = ticket(server.signedIn("alice"));

        assertThat(get("/api/me?ticket=" + ticket)).isEqualTo(401);
        assertThat(get("/api/me?Bearer=" + ticket)).isEqualTo(401);
        assertThat(get("/perfmon/negotiate?clientProtocol=2.1&ticket=" + ticket))
                .isEqualTo(200);
    }

    @Test
    void connectTicket_isForThoseWhoAreSignedIn_andForPagesWithAnOrigin() throws Exception {
        ApiClient alice = server.signedIn("alice");

        assertThat(server.nobody().post("/api/connect-ticket").status()).isEqualTo(401);
        RawExchange sandboxed = new RawHttpClient("127.0.0.1", server.uri().getPort())
                .call(
                        new RawHttpRequest(
                                "POST",
                                "/api/connect-ticket",
                                List.of("Authorization: Bearer " + alice.token(), "Origin: null", "Content-Length: 0"),
                                new byte[0]),
                        PATIENCE);
        assertThat(sandboxed.status()).isEqualTo(403);
        assertThat(alice.send(alice.request("/api/connect-ticket").GET()).status())
                .isEqualTo(405);
        assertThat(alice.send(alice.request("/api/connect-ticket").POST(BodyPublishers.ofString("x")))
                        .status())
                .isEqualTo(200);
    }
}
