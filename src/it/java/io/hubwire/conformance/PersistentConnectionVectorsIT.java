package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.isNosniff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.captures.fixture.FixtureOptions;
import io.hubwire.captures.fixture.FixtureServer;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the protocol asks of persistent connections (§12, and V29, V40, V73, V102 of §18), over every transport that it concerns. */
class PersistentConnectionVectorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static FixtureServer server;
    private static Requests requests;

    private final List<SignalRTestClient> clients = new ArrayList<>();
    private LogAudit log;

    @BeforeAll
    static void startServer() {
        server = FixtureServer.start(FixtureOptions.defaults());
        requests = Requests.to(server.port());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void listen() {
        log = new LogAudit();
    }

    @AfterEach
    void nothingIsLoggedAndNothingUnreadable() {
        clients.forEach(SignalRTestClient::abort);
        clients.forEach(SignalRTestClient::close);
        assertThat(clients).allSatisfy(client -> assertThat(client.unreadable()).isEmpty());
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private SignalRTestClient started(TestTransport transport, String path) {
        SignalRTestClient client = SignalRTestClient.start(ClientOptions.to(server.host(), server.port())
                .withTransport(transport)
                .withPath(path)
                .withPatience(PATIENCE));
        clients.add(client);
        return client;
    }

    private static List<String> raw(List<JsonText> messages) {
        return messages.stream().map(JsonText::raw).toList();
    }

    private static void control(String operation) {
        assertThat(requests.get("/ctl/" + operation).body()).isEqualTo("ok");
    }

    /* --- who may --- */

    @ParameterizedTest
    @ValueSource(strings = {"negotiate", "ping", "connect", "start", "send", "abort", "poll", "reconnect", ""})
    void v29_authorizeRequest_isAskedBeforeAllElse(String operation) {
        String target = "/private/" + operation + "?transport=longPolling";

        assertRefused(requests.get(target), 401);
        assertRefused(requests.get(target, "X-User: mallory"), 403);
        assertThat(requests.get("/private/ping", "X-User: alice").body()).isEqualTo("{ \"Response\": \"pong\" }");
    }

    private static void assertRefused(RawExchange exchange, int status) {
        assertThat(exchange.status()).isEqualTo(status);
        assertThat(exchange.body()).isEmpty();
        assertThat(isNosniff(exchange)).isTrue();
    }

    @Test
    void v102_scriptPath_isAReceiveRequestLikeAnyOther() {
        for (String path : List.of("/echo/js", "/echo/hubs", "/echo/hubs/")) {
            RawExchange exchange = requests.get(path);
            assertThat(exchange.status()).isEqualTo(400);
            assertThat(exchange.body()).isEqualTo("Protocol error: Unknown transport.");
        }
    }

    @Test
    void connectionData_thatNamesUnknownHubs_isNobodysBusiness() {
        assertThat(requests.get("/echo/negotiate?connectionData=%5B%7B%22name%22%3A%22nosuch%22%7D%5D")
                        .status())
                .isEqualTo(200);
        assertThat(requests.get("/echo/negotiate?connectionData=no+json").status())
                .isEqualTo(200);
    }

    /* --- messages --- */

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v40_twoMessagesOfOnConnected_arriveInOrder(TestTransport transport) {
        SignalRTestClient client = started(transport, "/multisend");
        client.awaitMessages(2);

        client.sendData("anything");

        assertThat(raw(client.awaitMessages(4)))
                .containsExactly(
                        "\"OnConnectedAsync1\"",
                        "\"OnConnectedAsync2\"",
                        "\"OnReceivedAsync1\"",
                        "\"OnReceivedAsync2\"");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_string_isAJsonStringWhatsoever(TestTransport transport) {
        SignalRTestClient client = started(transport, "/echo");

        client.sendData("hey");
        client.awaitMessages(1);
        client.sendData("{\"a\":1} é+&=\"");

        List<JsonText> messages = client.awaitMessages(2);
        assertThat(messages.get(0).raw()).isEqualTo("\"hey\"");
        assertThat(messages.get(1).text()).isEqualTo("{\"a\":1} é+&=\"");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_preserializedBytes_areJsonAsTheyAre(TestTransport transport) {
        SignalRTestClient client = started(transport, "/preserialize");

        client.sendData("{\"a\":1}");

        assertThat(raw(client.awaitMessages(1))).containsExactly("{\"a\":1}");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_objects_goThroughTheJsonBinding(TestTransport transport) {
        SignalRTestClient client = started(transport, "/echo");

        for (String word : List.of("obj", "num", "null")) {
            int before = client.messages().size();
            client.sendData(word);
            client.awaitMessages(before + 1);
        }

        assertThat(raw(client.messages())).containsExactly("{\"A\":1,\"b\":\"two\",\"N\":null}", "42", "null");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_broadcast_reachesAllOfTheTypeButTheExcluded(TestTransport transport) {
        SignalRTestClient alice = started(transport, "/echo");
        SignalRTestClient bob = started(transport, "/echoplain");
        SignalRTestClient stranger = started(transport, "/multisend");
        stranger.awaitMessages(2);

        alice.sendData("x:for the others");
        bob.awaitMessages(1);
        control("pcbroadcast?m=for+all");
        alice.awaitMessages(1);
        stranger.sendData("anything");

        assertThat(raw(bob.awaitMessages(2))).containsExactly("\"for the others\"", "\"for all\"");
        assertThat(raw(alice.messages())).containsExactly("\"for all\"");
        assertThat(raw(stranger.awaitMessages(4))).noneMatch(message -> message.contains("for all"));
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_sendFromOutside_reachesThatClientAlone(TestTransport transport) {
        SignalRTestClient alice = started(transport, "/echo");
        SignalRTestClient bob = started(transport, "/echo");

        control("pcsend?id=" + alice.connectionId() + "&m=direct");
        alice.awaitMessages(1);
        control("pcsend?id=" + bob.connectionId() + "&m=end");

        assertThat(raw(alice.messages())).containsExactly("\"direct\"");
        assertThat(raw(bob.awaitMessages(1))).containsExactly("\"end\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = TestTransport.class,
            names = {"SERVER_SENT_EVENTS", "FOREVER_FRAME", "LONG_POLLING"})
    void failureOfOnReceived_failsTheSendAndHarmsNothingElse(TestTransport transport) {
        SignalRTestClient client = started(transport, "/echo");

        for (String word : List.of("throw", "throwasync")) {
            RawExchange exchange = client.options()
                    .http()
                    .call(
                            RawHttpRequest.form(
                                    "/echo/send?transport=" + transport.wireName()
                                            + "&clientProtocol=2.1&connectionToken="
                                            + Percent.encode(
                                                    client.negotiation().connectionToken()),
                                    "data=" + word),
                            PATIENCE);
            assertThat(exchange.status()).isEqualTo(500);
            assertThat(exchange.body()).isEmpty();
        }
        client.sendData("still here");

        assertThat(raw(client.awaitMessages(1))).containsExactly("\"still here\"");
    }

    @Test
    void failureOfOnReceived_overWebSockets_isNotAnswered() {
        SignalRTestClient client = started(TestTransport.WEB_SOCKETS, "/echo");

        client.sendData("throw");
        client.sendData("still here");

        assertThat(raw(client.awaitMessages(1))).containsExactly("\"still here\"");
    }

    /* --- groups --- */

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void v73_group_reachesItsMembersAndNoMoreAfterLeaving(TestTransport transport) {
        SignalRTestClient client = started(transport, "/echo");

        client.sendData("join:" + transport);
        awaitGroups(client);
        client.sendData("g:" + transport + ":in");
        client.awaitMessages(1);
        String joined = client.groupsToken().orElseThrow();
        client.sendData("leave:" + transport);
        await().atMost(PATIENCE).until(() -> !client.groupsToken().orElseThrow().equals(joined));
        client.sendData("g:" + transport + ":out");
        client.sendData("end");

        assertThat(raw(client.awaitMessages(2))).containsExactly("\"in\"", "\"end\"");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void groupJoinedInOnConnected_canBeUsedThereAndThen(TestTransport transport) {
        SignalRTestClient client = started(transport, "/rejoin");

        assertThat(raw(client.awaitMessages(1))).containsExactly("\"hey\"");
    }

    @ParameterizedTest
    @EnumSource(TestTransport.class)
    void reconnect_rejoinsTheGroupsThatTheHookAllows(TestTransport transport) {
        SignalRTestClient client = started(transport, "/rejoin");
        client.awaitMessages(1);
        client.sendData("join:secret");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.frames().stream()
                        .filter(frame -> frame.groupsToken().isPresent()))
                .hasSizeGreaterThanOrEqualTo(2));
        client.drop();
        SignalRTestClient other = started(transport, "/rejoin");
        other.awaitMessages(1);

        client.reconnect();
        await().atMost(PATIENCE)
                .until(() -> server.log().contains("PC RejoinConnection.OnReconnected " + client.connectionId()));
        other.sendData("g:secret:not for those who come back");
        other.sendData("g:welcome:for both");

        assertThat(raw(client.awaitMessages(
                        messages -> raw(messages).contains("\"for both\""), "the message to the group")))
                .contains("\"for both\"")
                .doesNotContain("\"not for those who come back\"");
    }

    private static void awaitGroups(SignalRTestClient client) {
        await().atMost(PATIENCE).until(() -> client.groupsToken().isPresent());
    }
}
