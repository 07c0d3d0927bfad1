package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.ApiClient;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the application's pages get in: by tickets, and by the bearer token in the query as before; wherever the application runs. */
abstract class SignInContract {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String PUSH_HUB = "connectionData=%5B%7B%22name%22%3A%22pushhub%22%7D%5D";

    /** The address of the application; below a context path with a slash at the end. */
    abstract URI application();

    final ApiClient signedIn(String name) throws Exception {
        return ApiClient.signIn(application(), name, "demo-" + name);
    }

    /** The target of a request: below the application's own path. */
    final String target(String path) {
        return application().getPath().replaceFirst("/$", "") + path;
    }

    final RawHttpClient http() {
        return new RawHttpClient(application().getHost(), application().getPort());
    }

    private static String ticket(ApiClient user) throws Exception {
        ApiClient.Answer answer = user.post("/api/connect-ticket");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInt("expiresIn")).isEqualTo(30);
        return answer.json().getString("ticket");
    }

    final ClientOptions options(TestTransport transport) {
        return ClientOptions.to(application().getHost(), application().getPort())
                .withPath(target("/signalr"))
                .withTransport(transport)
                .withHubs("pushhub")
                .withPatience(PATIENCE);
    }

    private int get(String path) {
        return http().call(RawHttpRequest.get(target(path)), PATIENCE).status();
    }

    private int negotiate(String query) {
        return get("/signalr/negotiate?clientProtocol=2.1&" + PUSH_HUB + query);
    }

    @ParameterizedTest
    @EnumSource
    void ticket_opensOneConnection_thatLivesOn(TestTransport transport) throws Exception {
        String ticket = ticket(signedIn("alice"));
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
        ApiClient alice = signedIn("alice");
        String ticket = ticket(alice);
        String unused = ticket(alice);
        try (SignalRTestClient page = SignalRTestClient.start(options(transport).withQuery("ticket", ticket))) {
            assertThat(alice.post("/api/signout").status()).isEqualTo(204);

            page.awaitChannelEnd();
            assertThat(get("/signalr/ping?ticket=" + ticket)).isEqualTo(401);
            assertThat(negotiate("&ticket=" + unused)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bearerToken_inTheHeader_isWhoTheHubSees(TestTransport transport) throws Exception {
        String header = "Authorization: Bearer " + signedIn("carol").token();
        try (SignalRTestClient page = SignalRTestClient.start(options(transport).withHeader(header))) {
            assertThat(page.invoke("pushhub", "sendTo", "carol", "me").error()).isEmpty();
            page.awaitCall("PushHub", "broadcastMessage");
            page.abort();
        }
    }

    @Test
    void bearerTokenInTheQuery_goesOnWorking() throws Exception {
        String token = signedIn("bob").token();

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
        String ticket = ticket(signedIn("alice"));

        assertThat(get("/api/me?ticket=" + ticket)).isEqualTo(401);
        assertThat(get("/api/me?Bearer=" + ticket)).isEqualTo(401);
        assertThat(get("/perfmon/negotiate?clientProtocol=2.1&ticket=" + ticket))
                .isEqualTo(200);
    }

    @Test
    void connectTicket_isForThoseWhoAreSignedIn_andForPagesWithAnOrigin() throws Exception {
        ApiClient alice = signedIn("alice");

        assertThat(new ApiClient(application(), null)
                        .post("/api/connect-ticket")
                        .status())
                .isEqualTo(401);
        RawExchange sandboxed = http().call(
                        new RawHttpRequest(
                                "POST",
                                target("/api/connect-ticket"),
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
