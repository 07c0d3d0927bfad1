package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.HubResponse;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.push.kit.RunningServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets to the operators' hub, and what it tells them. */
class OperatorHubIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HUB = "operatorhub";
    private static final String CONNECTION_DATA = "connectionData=%5B%7B%22name%22%3A%22operatorhub%22%7D%5D";

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

    private static SignalRTestClient client(TestTransport transport, String user, String... hubs) throws Exception {
        return SignalRTestClient.start(
                ClientOptions.to("127.0.0.1", server.uri().getPort())
                        .withTransport(transport)
                        .withHubs(hubs)
                        .withPatience(PATIENCE)
                        .withQuery("Bearer", server.signedIn(user).token()));
    }

    /** Of every operation over a transport, asked for with the operators' hub. */
    private static List<Integer> statuses(TestTransport transport, String credentials) {
        RawHttpClient http = new RawHttpClient("127.0.0.1", server.uri().getPort());
        String query = "?clientProtocol=2.1&connectionToken=x&frameId=1&transport=" + transport.wireName() + "&"
                + CONNECTION_DATA;
        return Stream.of("negotiate", "connect", "start", "reconnect", "poll", "send", "abort")
                .map(operation -> RawHttpRequest.get("/signalr/" + operation + query + credentials))
                .map(request -> http.call(request, PATIENCE).status())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void user_whoIsNoOperator_getsNowhere(TestTransport transport) throws Exception {
        String credentials = "&Bearer=" + server.signedIn("alice").token();

        assertThat(statuses(transport, credentials)).containsOnly(403);
    }

    @ParameterizedTest
    @EnumSource
    void anonymous_getsNowhere(TestTransport transport) {
        assertThat(statuses(transport, "")).containsOnly(401);
    }

    @Test
    void user_whoComesForAnotherHubAsWell_cannotCallThisOne() throws Exception {
        try (SignalRTestClient alice = client(TestTransport.WEB_SOCKETS, "alice", "pushhub", HUB)) {
            assertThat(alice.invoke(HUB, "drain").error()).isPresent();
            assertThat(alice.invoke(HUB, "watch").error()).isPresent();
        }
        assertThat(server.nobody().get("/health").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void operator_isToldWhoIsThere_nowAndFromNowOn(TestTransport transport) throws Exception {
        try (SignalRTestClient operator = client(transport, "operator", HUB)) {
            HubResponse watched = operator.invoke(HUB, "watch");

            assertThat(watched.json().raw())
                    .contains("\"points\":[", "\"now\":{\"name\":", "\"transport\":\"" + transport.wireName() + "\"");
            JsonText told = operator.awaitCall("OperatorHub", "nodeStatus").get(0);
            assertThat(told.raw()).contains("\"draining\":false", "\"name\":\"OperatorHub\",\"connections\":");
        }
    }
}
