package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.PATIENCE;
import static io.hubwire.conformance.Requests.contentType;
import static io.hubwire.conformance.Requests.isNosniff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.ResponseEnd;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.security.KeyRing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors V31 to V41 (protocol §18.3): the start of the channel, and what else there is to it on every transport. */
class StartVectorsIT {
    private static final String INIT = "\\{\"C\":\"[A-Za-z0-9_-]+\",\"S\":1,\"M\":\\[\\]\\}";
    private static final String STARTED = "{ \"Response\": \"started\" }";

    private static LifeServer server;

    private final List<SignalRTestClient> clients = new ArrayList<>();
    private final LogAudit log = new LogAudit();

    @BeforeAll
    static void startServer() {
        server = LifeServer.start(LifeServer.Settings.usual());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void forgetWhatOthersLogged() {
        log.clear();
    }

    @AfterEach
    void nothingIsLogged() {
        clients.forEach(SignalRTestClient::close);
        log.close();
        assertThat(log.records()).isEmpty();
    }

    private SignalRTestClient negotiated(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.create(options);
        clients.add(client);
        client.negotiate();
        return client;
    }

    private SignalRTestClient sameAs(SignalRTestClient other, ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.create(options);
        clients.add(client);
        client.adopt(other.negotiation());
        return client;
    }

    private static List<String> events(SignalRTestClient client) {
        return LifeHub.eventsOf(client.connectionId());
    }

    private static void awaitEvents(SignalRTestClient client, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(client)).containsExactly(expected));
    }

    private static boolean isInitialized(SignalRTestClient client) {
        return client.frames().stream().anyMatch(ReceivedFrame::init);
    }

    private static void awaitInit(SignalRTestClient client) {
        client.awaitFrames(frames -> frames.stream().anyMatch(ReceivedFrame::init), "an init message");
    }

    private static String target(String operation, TestTransport transport, SignalRTestClient client) {
        return "/signalr/" + operation + "?transport=" + transport.wireName()
                + "&clientProtocol=2.1&connectionData=%5B%7B%22name%22%3A%22lifehub%22%7D%5D&connectionToken="
                + Percent.encode(client.negotiation().connectionToken());
    }

    private static RawExchange start(SignalRTestClient client, TestTransport transport, String more) {
        return server.requests().get(target("start", transport, client) + more);
    }

    /* --- vectors --- */

    @Test
    void v31_webSockets_firstTextIsTheInitMessage_beforeAnyConnectEvent() {
        SignalRTestClient client = negotiated(server.client(TestTransport.WEB_SOCKETS));

        client.connect();

        assertThat(client.webSocket().orElseThrow().texts()).hasSize(1);
        assertThat(client.webSocket().orElseThrow().texts().get(0)).matches(INIT);
        assertThat(events(client)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void v32_start_raisesConnectedOnce_beforeItIsAnswered(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();
        assertThat(events(client)).isEmpty();

        RawExchange answer = start(client, transport, "&_=1");

        assertThat(events(client)).containsExactly("connected");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(contentType(answer)).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(isNosniff(answer)).isTrue();
        assertThat(answer.body()).isEqualTo(STARTED);
    }

    @Test
    void v33_serverSentEvents_beginWithInitialized_thenTheInitMessage() {
        SignalRTestClient client = negotiated(server.client(TestTransport.SERVER_SENT_EVENTS));

        client.connect();

        RawExchange stream = client.exchange().orElseThrow();
        assertThat(stream.status()).isEqualTo(200);
        assertThat(contentType(stream)).startsWith("text/event-stream");
        assertThat(stream.body()).matches("data: initialized\n\ndata: " + INIT + "\n\n");
        assertThat(stream.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void v34_longPolling_connectIsAnsweredWithTheInitMessage_andComplete(String method) {
        SignalRTestClient client = negotiated(server.client(TestTransport.LONG_POLLING));

        RawExchange poll = server.requests().send(method, target("connect", TestTransport.LONG_POLLING, client));

        assertThat(poll.end()).contains(ResponseEnd.COMPLETE);
        assertThat(poll.status()).isEqualTo(200);
        assertThat(contentType(poll)).isEqualToIgnoringCase("application/json;charset=UTF-8");
        assertThat(poll.body()).matches(INIT);
    }

    @Test
    void v35_foreverFrame_prologueNamesTheFrame_thenComesTheInitMessage() {
        SignalRTestClient client = negotiated(server.client(TestTransport.FOREVER_FRAME));
        RawHttpRequest connect =
                RawHttpRequest.get(target("connect", TestTransport.FOREVER_FRAME, client) + "&frameId=7");

        try (RawExchange page = server.requests().http().open(connect)) {
            assertThat(page.awaitBody(body -> body.contains("\"M\""), PATIENCE)).isTrue();

            assertThat(contentType(page)).isEqualToIgnoringCase("text/html;charset=UTF-8");
            String[] parts = page.body().split("<body>\r\n", -1);
            assertThat(parts).hasSize(2);
            assertThat(parts[0])
                    .containsIgnoringCase("<!doctype html><html><head><title>")
                    .containsSubsequence(
                            "window.parent.jQuery",
                            "$.signalR.transports.foreverFrame",
                            ".getConnection('7')",
                            ".receive",
                            ".started(c)",
                            "</script></head>");
            assertThat(parts[1]).matches("<script>r\\(c, " + INIT + "\\);</script>\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&frameId=-1",
                "&frameId=0x1",
                "&frameId=abc",
                "&frameId=4294967296",
                "&frameId=",
                "",
                "&frameId=1%27%29%3Balert%281%29%2F%2F"
            })
    void v35_foreverFrame_withAFrameIdThatIsNone_isRefusedWithoutAnEcho(String frameId) {
        SignalRTestClient client = negotiated(server.client(TestTransport.FOREVER_FRAME));

        RawExchange answer = server.requests().get(target("connect", TestTransport.FOREVER_FRAME, client) + frameId);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("The supplied frameId is in the incorrect format.");
    }

    @ParameterizedTest
    @EnumSource
    void v36_protocol13_onConnectedRunsBeforeInit(TestTransport transport) {
        SignalRTestClient client =
                negotiated(server.client(transport).withClientProtocol("1.3").withQuery("onconnected", "wait"));

        client.connectBesides();
        awaitEvents(client, "connected");
        assertThat(isInitialized(client)).isFalse();
        LifeHub.gate(client.connectionId()).complete(null);

        awaitInit(client);
        assertThat(events(client)).containsExactly("connected");
    }

    @ParameterizedTest
    @EnumSource
    void v37_onConnectedThrows_startIsA500(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();

        RawExchange answer = start(client, transport, "&onconnected=throw");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("planted");
    }

    @ParameterizedTest
    @EnumSource
    void v38_startTwice_raisesConnectedTwice(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();

        client.start();
        client.start();

        assertThat(events(client)).containsExactly("connected", "connected");
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(TestTransport.values()).flatMap(first -> Arrays.stream(TestTransport.values())
                .filter(second -> second != first)
                .map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void v39_fallback_endsTheFirstChannel_andInitializesTheSecond(TestTransport from, TestTransport to) {
        SignalRTestClient first = negotiated(server.client(from).withManualPolling());
        first.connect();
        SignalRTestClient second = sameAs(first, server.client(to));

        second.connect();

        first.awaitChannelEnd();
        assertThat(events(first)).isEmpty();
        second.start();
        assertThat(events(first)).containsExactly("connected");
        server.clients().client(first.connectionId()).invoke("message", "here");
        second.awaitCall("LifeHub", "message");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void v39_fallbackWithProtocol13_raisesConnectedOnce(TestTransport from, TestTransport to) {
        SignalRTestClient first =
                negotiated(server.client(from).withClientProtocol("1.3").withManualPolling());
        first.connect();
        SignalRTestClient second = sameAs(first, server.client(to).withClientProtocol("1.3"));

        second.connect();

        first.awaitChannelEnd();
        assertThat(events(first)).containsExactly("connected");
    }

    @ParameterizedTest
    @EnumSource
    void v40_whatOnConnectedSendsToTheCaller_arrivesInOrder(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport).withQuery("onconnected", "send"));
        client.connect();

        client.start();

        assertThat(client.awaitMessages(2))
                .extracting(JsonText::raw)
                .containsExactly(
                        "{\"H\":\"LifeHub\",\"M\":\"message\",\"A\":[\"one\"]}",
                        "{\"H\":\"LifeHub\",\"M\":\"message\",\"A\":[\"two\"]}");
    }

    @Test
    void v41_negotiateAtOneNode_connectAtAnother() {
        KeyRing keys = KeyRing.random();
        try (LifeServer a = LifeServer.start(LifeServer.Settings.usual().keys(keys));
                LifeServer b = LifeServer.start(LifeServer.Settings.usual().keys(keys))) {
            for (TestTransport transport : TestTransport.values()) {
                SignalRTestClient atA = negotiated(a.client(transport));
                SignalRTestClient atB = sameAs(atA, b.client(transport));

                atB.connect();
                atB.start();

                assertThat(atB.invoke("lifehub", "echo", "x").result()).contains("\"x\"");
                atB.close();
            }
        }
    }

    /* --- the rest of it --- */

    @ParameterizedTest
    @MethodSource("pairs")
    void fallback_whileTheConnectEventOfAnOldClientRuns_waitsForIt(TestTransport from, TestTransport to) {
        ClientOptions waiting = server.client(from).withClientProtocol("1.3").withQuery("onconnected", "wait");
        SignalRTestClient first = negotiated(waiting.withManualPolling());
        first.connectBesides();
        awaitEvents(first, "connected");

        SignalRTestClient second = sameAs(first, waiting.withTransport(to));
        second.connectBesides();
        first.awaitChannelEnd();
        assertThat(isInitialized(second)).isFalse();
        LifeHub.gate(first.connectionId()).complete(null);

        awaitInit(second);
        assertThat(events(first)).containsExactly("connected");
    }

    @ParameterizedTest
    @EnumSource
    void onConnectedThrows_protocol13_endsTheReceiveRequest(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport)
                .withClientProtocol("1.3")
                .withQuery("onconnected", "throw")
                .withManualPolling());

        client.connectBesides();

        client.awaitChannelEnd();
        assertThat(isInitialized(client)).isFalse();
        assertThat(events(client)).containsExactly("connected");
        client.webSocket().ifPresent(socket -> assertThat(socket.closeCode()).contains(1011));
    }

    @ParameterizedTest
    @EnumSource
    void abort_duringOnConnected_endsTheChannel_andStartIsAnswered(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport).withQuery("onconnected", "wait"));
        client.connect();
        RawHttpRequest start = RawHttpRequest.get(target("start", transport, client) + "&onconnected=wait");
        try (RawExchange starting = server.requests().http().open(start)) {
            awaitEvents(client, "connected");

            client.abort();
            awaitEvents(client, "connected", "disconnected true");
            LifeHub.gate(client.connectionId()).complete(null);

            starting.awaitEnd(PATIENCE);
            assertThat(starting.body()).isEqualTo(STARTED);
        }
        assertThat(events(client)).containsExactly("connected", "disconnected true");
    }

    @ParameterizedTest
    @EnumSource
    void start_afterAnAbort_raisesConnectedAgain_asTheOriginalDoes(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();
        client.start();
        client.abort();
        awaitEvents(client, "connected", "disconnected true");

        RawExchange again = start(client, transport, "");

        assertThat(again.body()).isEqualTo(STARTED);
        assertThat(events(client)).containsExactly("connected", "disconnected true", "connected");
    }

    @ParameterizedTest
    @EnumSource
    void connect_afterAnAbort_withTheSameToken_isANewBeginning(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();
        client.start();
        client.abort();
        awaitEvents(client, "connected", "disconnected true");
        SignalRTestClient again = sameAs(client, server.client(transport));

        again.connect();
        again.start();

        assertThat(again.invoke("lifehub", "echo", "x").result()).contains("\"x\"");
        again.abort();
        awaitEvents(client, "connected", "disconnected true", "connected", "disconnected true");
    }

    @ParameterizedTest
    @EnumSource
    void start_thatNeverComes_leavesTheChannelOpen_andTheClientIsLostWhenItLeaves(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();
        if (transport == TestTransport.LONG_POLLING) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(client.exchange().orElseThrow().body()).startsWith(" "));
        } else {
            client.awaitKeepAlives(2);
        }
        assertThat(events(client)).isEmpty();

        client.abort();

        awaitEvents(client, "disconnected true");
    }

    @ParameterizedTest
    @EnumSource
    void items_areTheSameInStartAndInCalls(TestTransport transport) {
        SignalRTestClient client = negotiated(server.client(transport));
        client.connect();
        client.start();

        assertThat(client.invoke("lifehub", "remember", "a").result()).contains("\"nothing\"");
        assertThat(client.invoke("lifehub", "remember", "b").result()).contains("\"a\"");
        if (transport == TestTransport.WEB_SOCKETS) {
            client.drop();
            client.reconnect();
            assertThat(client.webSocket().orElseThrow().awaitOpen(PATIENCE)).isTrue();
            assertThat(client.invoke("lifehub", "remember", "c").result()).contains("\"b\"");
        }
    }
}
