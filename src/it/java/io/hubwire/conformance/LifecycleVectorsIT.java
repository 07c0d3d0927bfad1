package io.hubwire.conformance;

import static io.hubwire.conformance.Requests.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.conformance.LifeServer.Settings;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.ResponseEnd;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.client.TimedText;
import io.hubwire.signalr.hosting.jakarta.HostingOptions;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
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

/**
 * Vectors V81 to V92 and V94 (protocol §18.6), and the rest of a connection's life after its start: keep-alive, time-outs, replacement, abort, disconnect,
 * expiry, shutdown and restart, on every transport.
 */
class LifecycleVectorsIT {
    private static final String EMPTY_FRAME = "\\{\"C\":\"[A-Za-z0-9_-]+\",\"M\":\\[\\]\\}";
    private static final String LAST_FRAME = "\\{\"C\":\"[A-Za-z0-9_-]+\",\"T\":1,\"M\":\\[\\]\\}";
    private static final int LIMIT = 65_536;

    /** Keep-alive 2 s, long connection time-out. */
    private static LifeServer usual;
    /** Keep-alive 2 s, connection time-out 2 s, delay between polls, no limit for messages but the host's. */
    private static LifeServer brief;
    /** No keep-alive, connection time-out 2 s. */
    private static LifeServer silent;

    private final List<SignalRTestClient> clients = new ArrayList<>();
    private final LogAudit log = new LogAudit();

    @BeforeAll
    static void startServers() {
        HostingOptions unlimited = HostingOptions.DEFAULTS
                .with()
                .maxIncomingWebSocketMessageSize(OptionalInt.empty())
                .build();
        Duration two = Duration.ofSeconds(2);
        usual = LifeServer.start(Settings.usual());
        brief = LifeServer.start(Settings.usual()
                .connectionTimeout(two)
                .longPollDelay(Duration.ofMillis(500))
                .hosting(unlimited));
        silent = LifeServer.start(Settings.usual().withoutKeepAlive().connectionTimeout(two));
    }

    @AfterAll
    static void stopServers_nothingIsLeftAlive() {
        for (LifeServer server : List.of(usual, brief, silent)) {
            server.close();
            assertThat(server.value(Gauge.CONNECTIONS_CURRENT)).isZero();
            assertThat(server.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT)).isZero();
        }
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

    /* --- words --- */

    private SignalRTestClient started(ClientOptions options) {
        SignalRTestClient client = SignalRTestClient.start(options);
        clients.add(client);
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

    private static String target(String operation, SignalRTestClient client, TestTransport transport) {
        String frame = transport == TestTransport.FOREVER_FRAME ? "&frameId=1" : "";
        String path = operation.isEmpty() ? "/signalr" : "/signalr/" + operation;
        return path + "?transport=" + transport.wireName()
                + "&clientProtocol=2.1&connectionData=%5B%7B%22name%22%3A%22lifehub%22%7D%5D&connectionToken="
                + Percent.encode(client.negotiation().connectionToken()) + frame;
    }

    private static String cursor(SignalRTestClient client) {
        return "&messageId=" + Percent.encode(client.cursor().orElseThrow());
    }

    private static RawExchange abort(LifeServer server, SignalRTestClient client) {
        return server.requests()
                .call(RawHttpRequest.post(
                        target("abort", client, client.options().transport())));
    }

    /** A poll is on its way, or the stream is open: what happens next happens to an open request. */
    private static void awaitOpen(SignalRTestClient client) {
        if (client.options().transport() == TestTransport.LONG_POLLING) {
            await().atMost(PATIENCE)
                    .until(() -> client.exchange().orElseThrow().end().isEmpty()
                            && client.exchange().orElseThrow().head().isPresent());
        }
    }

    private static void send(LifeServer server, SignalRTestClient client, Object argument) {
        server.clients().client(client.connectionId()).invoke("message", argument);
    }

    private static List<String> texts(SignalRTestClient client) {
        return client.messages().stream()
                .map(message -> message.get("A").orElseThrow().elements().get(0).text())
                .toList();
    }

    private static void awaitTexts(SignalRTestClient client, String... expected) {
        client.awaitMessages(expected.length);
        assertThat(texts(client)).containsExactly(expected);
    }

    static Stream<TestTransport> streams() {
        return Arrays.stream(TestTransport.values()).filter(transport -> transport != TestTransport.LONG_POLLING);
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(TestTransport.values())
                .flatMap(first -> Arrays.stream(TestTransport.values()).map(second -> Arguments.of(first, second)));
    }

    /* --- keep-alive and time-outs --- */

    @Test
    void v81_idle_hearsTheKeepAliveOfItsTransport() {
        Map<TestTransport, SignalRTestClient> idle = new EnumMap<>(TestTransport.class);
        for (TestTransport transport : TestTransport.values()) {
            idle.put(transport, started(usual.client(transport)));
        }
        SignalRTestClient poller = idle.get(TestTransport.LONG_POLLING);
        SignalRTestClient jsonp =
                started(usual.client(TestTransport.LONG_POLLING).withManualPolling());
        RawHttpRequest jsonpPoll =
                RawHttpRequest.get(target("poll", jsonp, TestTransport.LONG_POLLING) + cursor(jsonp) + "&callback=cb");
        try (RawExchange silentPoll = usual.requests().http().open(jsonpPoll)) {
            for (TestTransport transport : TestTransport.values()) {
                idle.get(transport).awaitKeepAlives(2);
            }

            assertThat(idle.get(TestTransport.WEB_SOCKETS)
                            .webSocket()
                            .orElseThrow()
                            .texts())
                    .endsWith("{}", "{}");
            assertThat(idle.get(TestTransport.SERVER_SENT_EVENTS)
                            .exchange()
                            .orElseThrow()
                            .body())
                    .endsWith("data: {}\n\ndata: {}\n\n");
            assertThat(idle.get(TestTransport.FOREVER_FRAME)
                            .exchange()
                            .orElseThrow()
                            .body())
                    .endsWith("<script>r(c, {});</script>\n\n<script>r(c, {});</script>\n\n");
            assertThat(poller.exchange().orElseThrow().pieces())
                    .extracting(TimedText::text)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsOnly(" ");
            assertThat(silentPoll.awaitHead(PATIENCE)).isTrue();
            assertThat(silentPoll.body()).isEmpty();
            send(usual, jsonp, "x");
            silentPoll.awaitEnd(PATIENCE);
            assertThat(silentPoll.body()).matches("cb\\(\\{\"C\":.*\"A\":\\[\"x\"\\]\\}\\]\\}\\);");
        }
    }

    @Test
    void v82_poll_headersComeBeforeAnyMessage() {
        SignalRTestClient client =
                started(usual.client(TestTransport.LONG_POLLING).withManualPolling());

        client.openPoll();
        RawExchange poll = client.exchange().orElseThrow();

        assertThat(poll.awaitHead(PATIENCE)).isTrue();
        assertThat(poll.body().strip()).isEmpty();
        assertThat(poll.end()).isEmpty();
        send(usual, client, "x");
        assertThat(poll.awaitEnd(PATIENCE)).isEqualTo(ResponseEnd.COMPLETE);
    }

    @Test
    void v83_poll_idleForTheConnectionTimeout_isAnsweredEmpty() {
        SignalRTestClient client =
                started(silent.client(TestTransport.LONG_POLLING).withManualPolling());

        client.poll();

        assertThat(client.exchange().orElseThrow().body()).matches(EMPTY_FRAME);
        assertThat(client.exchange().orElseThrow().endedAfter()).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
    }

    @ParameterizedTest
    @EnumSource
    void v84_longPollDelay_isInEveryPollFrame_andInNoOther(TestTransport transport) {
        SignalRTestClient client = started(brief.client(transport));
        send(brief, client, "x");
        client.awaitMessages(1);
        if (transport == TestTransport.LONG_POLLING) {
            client.awaitFrames(frames -> frames.size() >= 3, "the frame of a poll that has timed out");
            assertThat(client.frames())
                    .extracting(ReceivedFrame::longPollDelayMillis)
                    .allSatisfy(delay -> assertThat(delay).contains(500L));
        } else {
            assertThat(client.frames())
                    .extracting(ReceivedFrame::longPollDelayMillis)
                    .allSatisfy(delay -> assertThat(delay).isEmpty());
        }
    }

    @Test
    void v94_connectionTimeout_endsNoStreamThatIsKeptAlive() {
        List<SignalRTestClient> kept =
                streams().map(transport -> started(brief.client(transport))).toList();

        for (SignalRTestClient client : kept) {
            client.awaitKeepAlives(3); // at least four seconds, twice the time-out

            assertThat(client.webSocket().flatMap(socket -> socket.end())).isEmpty();
            assertThat(client.exchange().flatMap(RawExchange::end)).isEmpty();
            assertThat(client.invoke("lifehub", "echo", "x").result()).contains("\"x\"");
            assertThat(events(client)).containsExactly("connected");
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void keepAliveOff_streamEndsAfterTheConnectionTimeout_andTheClientGoesOn(TestTransport transport) {
        SignalRTestClient client = started(silent.client(transport));

        client.awaitChannelEnd();
        send(silent, client, "while away");
        client.reconnect();

        awaitTexts(client, "while away");
        awaitEvents(client, "connected", "reconnected");
        assertThat(client.keepAlives()).isZero();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void keepAliveOff_abortAfterTheTimeout_isHeard(TestTransport transport) {
        SignalRTestClient client = started(silent.client(transport));
        client.awaitChannelEnd();

        assertThat(abort(silent, client).status()).isEqualTo(200);

        awaitEvents(client, "connected", "disconnected true");
    }

    /* --- the end --- */

    @ParameterizedTest
    @EnumSource
    void v85_abort_endsTheChannel_andIsToldOnce(TestTransport transport) {
        SignalRTestClient client = started(usual.client(transport).withManualPolling());
        if (transport == TestTransport.LONG_POLLING) {
            client.openPoll();
            awaitOpen(client);
        }

        RawExchange answer = abort(usual, client);
        client.awaitChannelEnd();
        RawExchange second = abort(usual, client);

        for (RawExchange each : List.of(answer, second)) {
            assertThat(each.status()).isEqualTo(200);
            assertThat(Requests.contentType(each)).isEqualTo("text/plain");
            assertThat(each.body()).isEmpty();
        }
        if (transport == TestTransport.LONG_POLLING) {
            assertThat(client.exchange().orElseThrow().body().strip()).matches(EMPTY_FRAME);
        }
        client.webSocket().ifPresent(socket -> assertThat(socket.closeCode()).contains(1000));
        awaitEvents(client, "connected", "disconnected true");
    }

    @Test
    void abort_betweenTwoPolls_isToldAtOnce_andALaterPollEndsEmpty() {
        SignalRTestClient client =
                started(usual.client(TestTransport.LONG_POLLING).withManualPolling());

        abort(usual, client);
        awaitEvents(client, "connected", "disconnected true");
        client.poll();
        abort(usual, client);

        assertThat(client.exchange().orElseThrow().body()).matches(EMPTY_FRAME);
        assertThat(events(client)).containsExactly("connected", "disconnected true");
    }

    @ParameterizedTest
    @EnumSource
    void abort_ofAConnectionThatNeverConnected_isAnswered_andToldToNobody(TestTransport transport) {
        SignalRTestClient client = SignalRTestClient.create(usual.client(transport));
        client.negotiate();

        RawExchange answer = abort(usual, client);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(events(client)).isEmpty();
    }

    @Test
    void v86_webSocketClosedByTheClient_thenAbort_isToldOnce() {
        SignalRTestClient client = started(usual.client(TestTransport.WEB_SOCKETS));

        client.webSocket().orElseThrow().sendClose(1000, "");
        client.awaitChannelEnd();
        abort(usual, client);
        awaitEvents(client, "connected", "disconnected true");
        abort(usual, client);

        assertThat(events(client)).containsExactly("connected", "disconnected true");
    }

    @Test
    void v87_clientsThatVanish_areToldAsNotStopped_afterTheDisconnectTimeout() {
        List<SignalRTestClient> gone = new ArrayList<>();
        for (TestTransport transport : TestTransport.values()) {
            SignalRTestClient reset = started(usual.client(transport).withManualPolling());
            SignalRTestClient closed = started(usual.client(transport).withManualPolling());
            reset.webSocket().ifPresent(socket -> socket.reset());
            reset.exchange().ifPresent(RawExchange::reset);
            closed.drop();
            gone.addAll(List.of(reset, closed));
        }
        SignalRTestClient pollCut = started(usual.client(TestTransport.LONG_POLLING));
        awaitOpen(pollCut);
        pollCut.drop();
        gone.add(pollCut);
        Instant before = Instant.now();
        SignalRTestClient silentStream = started(silent.client(TestTransport.SERVER_SENT_EVENTS));
        gone.add(silentStream); // nothing is written to it, but the connection time-out ends it, and it does not come
        // back

        for (SignalRTestClient client : gone) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(events(client)).containsExactly("connected", "disconnected false"));
        }

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(LifeServer.DISCONNECT_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void clientThatComesAndGoes_leavesNoSubscriptionBehind(TestTransport transport) {
        try (LifeServer server = LifeServer.start(Settings.usual())) {
            SignalRTestClient client = started(server.client(transport).withManualPolling());
            for (int i = 0; i < 5; i++) {
                client.drop();
                client.reconnect();
                int times = i + 1;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(events(client)).hasSize(1 + times));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT))
                    .isEqualTo(1));

            client.drop();
            abort(server, client);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT))
                    .isZero());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(client))
                    .filteredOn("disconnected true"::equals)
                    .hasSize(1));
        }
    }

    /* --- replacement --- */

    @Test
    void v88_pollWhileAnotherIsOpen_endsTheOlderOneEmpty() {
        SignalRTestClient client =
                started(usual.client(TestTransport.LONG_POLLING).withManualPolling());
        client.openPoll();
        awaitOpen(client);
        SignalRTestClient again = sameAs(
                client,
                usual.client(TestTransport.LONG_POLLING)
                        .withManualPolling()
                        .withQuery("messageId", client.cursor().orElseThrow()));

        again.openPoll();

        client.awaitChannelEnd();
        assertThat(client.exchange().orElseThrow().body().strip()).matches(EMPTY_FRAME);
        send(usual, client, "x");
        awaitTexts(again, "x");
        assertThat(client.messages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void reconnectOfAnyKind_takesThePlaceOfAnyOther(TestTransport from, TestTransport to) {
        SignalRTestClient client = started(usual.client(from));
        send(usual, client, "one");
        client.awaitMessages(1);
        awaitOpen(client);
        SignalRTestClient next = sameAs(
                client, usual.client(to).withQuery("messageId", client.cursor().orElseThrow()));
        if (from == TestTransport.LONG_POLLING) { // it would poll again, and take the place back
            client.drop();
        }

        next.reconnect();

        client.awaitChannelEnd();
        awaitEvents(client, "connected", "reconnected");
        send(usual, client, "two");
        awaitTexts(next, "two");
        assertThat(texts(client)).containsExactly("one");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void reconnectOfAnyKind_whileAWriteToTheOtherIsStuck_missesNothing(TestTransport from, TestTransport to)
            throws IOException {
        SignalRTestClient client = started(usual.client(from).withManualPolling());
        client.drop();
        try (Socket reader = new Socket()) {
            reader.setReceiveBufferSize(4096);
            reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), usual.port()));
            String upgrade = from == TestTransport.WEB_SOCKETS
                    ? String.join(
                            "\r\n",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            "")
                    : "";
            String request = "GET " + target("reconnect", client, from) + cursor(client) + " HTTP/1.1\r\n"
                    + "Host: localhost\r\n" + upgrade + "\r\n";
            reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            awaitEvents(client, "connected", "reconnected");
            String large = "x".repeat(2_000_000);
            send(usual, client, large); // stuck, for nobody reads
            send(usual, client, "two");

            SignalRTestClient next = sameAs(
                    client,
                    usual.client(to).withQuery("messageId", client.cursor().orElseThrow()));
            next.reconnect();

            awaitTexts(next, large, "two");
            awaitEvents(client, "connected", "reconnected", "reconnected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void v91_onReconnected_isRaisedByEveryReceiveRequestThatIsNoConnectAndNoPoll(TestTransport transport)
            throws Exception {
        SignalRTestClient client = started(usual.client(transport).withManualPolling());
        boolean longPolling = transport == TestTransport.LONG_POLLING;
        List<String> expected = new ArrayList<>(List.of("connected"));
        for (String operation : List.of("reconnect", "poll", "", "other")) {
            client.drop();
            String target = target(operation, client, transport) + cursor(client);
            send(usual, client, operation);
            try (AutoCloseable channel = open(transport, target)) { // open until it has been told
                if (!longPolling || operation.equals("reconnect")) {
                    expected.add("reconnected");
                    awaitEvents(client, expected.toArray(String[]::new));
                }
                assertThat(channel).isNotNull();
            }
        }
        assertThat(events(client)).isEqualTo(expected);
    }

    private static AutoCloseable open(TestTransport transport, String target) {
        RawHttpClient http = usual.requests().http();
        if (transport == TestTransport.WEB_SOCKETS) {
            RawWebSocket socket = RawWebSocket.open(http, target, List.of());
            assertThat(socket.awaitOpen(PATIENCE)).isTrue();
            return socket;
        }
        RawExchange exchange = http.open(RawHttpRequest.get(target));
        assertThat(exchange.awaitHead(PATIENCE)).isTrue();
        return exchange;
    }

    /* --- shutdown and restart --- */

    @ParameterizedTest
    @EnumSource
    void v89_shutdown_endsTheChannel_andNobodyIsToldAsDisconnected(TestTransport transport) {
        try (LifeServer server = LifeServer.start(Settings.usual())) {
            SignalRTestClient client = started(server.client(transport).withManualPolling());
            if (transport == TestTransport.LONG_POLLING) {
                client.openPoll();
                awaitOpen(client);
                await().atMost(PATIENCE).until(() -> server.value(Gauge.CONNECTIONS_CURRENT) == 1);
            }

            server.closeSignalR();

            client.awaitChannelEnd();
            if (transport == TestTransport.LONG_POLLING) {
                assertThat(client.exchange().orElseThrow().body().strip()).matches(LAST_FRAME);
            }
            client.webSocket()
                    .ifPresent(socket -> assertThat(socket.closeCode()).contains(1000));
            client.exchange().ifPresent(stream -> assertThat(stream.end()).contains(ResponseEnd.COMPLETE));
            assertThat(events(client)).containsExactly("connected");
        }
    }

    @Test
    void shutdown_betweenTwoPolls_refusesTheNextWithout500() {
        try (LifeServer server = LifeServer.start(Settings.usual())) {
            SignalRTestClient client =
                    started(server.client(TestTransport.LONG_POLLING).withManualPolling());

            server.closeSignalR();
            RawExchange next =
                    server.requests().get(target("poll", client, TestTransport.LONG_POLLING) + cursor(client));

            assertThat(next.status()).isEqualTo(503);
            assertThat(events(client)).containsExactly("connected");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shutdown_duringAHubCall_letsItFinish(TestTransport transport) {
        try (LifeServer server = LifeServer.start(Settings.usual())) {
            SignalRTestClient client = started(server.client(transport));
            SignalRTestClient.PendingCall call = client.invokeAsync("lifehub", "waitForGate");
            awaitEvents(client, "connected", "waiting");
            LifeHub.gate(client.connectionId()).completeOnTimeout(null, 300, TimeUnit.MILLISECONDS);

            server.closeSignalR();

            if (transport != TestTransport.WEB_SOCKETS) { // whose answer has lost its way
                assertThat(call.orTimeoutAfter(PATIENCE).result()).contains("\"gone on\"");
            }
            assertThat(events(client)).containsExactly("connected", "waiting");
        }
    }

    @ParameterizedTest
    @EnumSource
    void v90_restartWithTheSameKeys_reconnectGoesOn_withItsGroups(TestTransport transport) {
        KeyRing keys = KeyRing.random();
        SignalRTestClient client;
        try (LifeServer before = LifeServer.start(Settings.usual().keys(keys))) {
            client = started(before.client(transport));
            client.invoke("lifehub", "join", "room");
            client.awaitFrames(
                    frames -> frames.stream()
                            .anyMatch(frame -> frame.groupsToken().isPresent()),
                    "a groups token");
            client.drop();
        }
        try (LifeServer after = LifeServer.start(Settings.usual().keys(keys))) {
            SignalRTestClient back = sameAs(
                    client,
                    after.client(transport)
                            .withQuery("messageId", client.cursor().orElseThrow())
                            .withQuery("groupsToken", client.groupsToken().orElseThrow()));

            back.reconnect();

            awaitEvents(client, "connected", "reconnected with a gap");
            after.clients().group("room").invoke("message", "to the room");
            awaitTexts(back, "to the room");
        }
    }

    @ParameterizedTest
    @EnumSource
    void restartWithOtherKeys_reconnectIsRefused(TestTransport transport) {
        SignalRTestClient client;
        try (LifeServer before = LifeServer.start(Settings.usual())) {
            client = started(before.client(transport));
            client.drop();
        }

        Requests.Refusal refusal =
                usual.requests().opened(transport, target("reconnect", client, transport) + cursor(client));

        assertThat(refusal).isEqualTo(new Requests.Refusal(400, "The ConnectionId is in the incorrect format."));
        assertThat(events(client)).containsExactly("connected");
    }

    /* --- large messages --- */

    @Test
    void v92_webSocketMessageOverTheLimit_closesTheSocket() {
        SignalRTestClient client = started(usual.client(TestTransport.WEB_SOCKETS));

        client.sendData("x".repeat(LIMIT + 1));

        client.awaitChannelEnd();
        assertThat(client.webSocket().orElseThrow().closeCode()).contains(1009);
    }

    @Test
    void v92_webSocketMessage_withoutALimit_isAccepted() {
        SignalRTestClient client = started(brief.client(TestTransport.WEB_SOCKETS));

        assertThat(client.invoke("lifehub", "lengthOf", "x".repeat(10 * LIMIT)).result())
                .contains(Integer.toString(10 * LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void v92_messagesToTheClient_mayHaveAnySize(TestTransport transport) {
        SignalRTestClient client = started(usual.client(transport));
        String large = "€".repeat(1_000_000);

        send(usual, client, large);

        awaitTexts(client, large);
    }

    /* --- ended by the server --- */

    @ParameterizedTest
    @EnumSource
    void disconnect_endsTheChannel_andAClientThatIsLetInComesBack(TestTransport transport) {
        SignalRTestClient client = started(usual.client(transport).withManualPolling());
        if (transport == TestTransport.LONG_POLLING) {
            client.openPoll();
            awaitOpen(client);
        }

        usual.connections()
                .disconnect(client.connectionId())
                .toCompletableFuture()
                .join();

        client.awaitChannelEnd();
        awaitEvents(client, "connected", "disconnected true");
        client.webSocket().ifPresent(socket -> assertThat(socket.closeCode()).contains(1000));
        assertThat(client.frames().stream().anyMatch(ReceivedFrame::shutdown))
                .as("a poller is told to reconnect")
                .isEqualTo(transport == TestTransport.LONG_POLLING);
        send(usual, client, "while away");
        client.reconnect();
        awaitEvents(client, "connected", "disconnected true", "reconnected");
        awaitTexts(client, "while away");
    }

    @Test
    void disconnect_betweenTwoPolls_isToldAtOnce_andTheNextPollIsToldToReconnect() {
        SignalRTestClient client =
                started(usual.client(TestTransport.LONG_POLLING).withManualPolling());
        send(usual, client, "before");

        usual.connections()
                .disconnect(client.connectionId())
                .toCompletableFuture()
                .join();
        awaitEvents(client, "connected", "disconnected true");
        send(usual, client, "after");
        client.poll();

        assertThat(client.frames().get(client.frames().size() - 1).shutdown()).isTrue();
        client.reconnect();
        awaitEvents(client, "connected", "disconnected true", "reconnected");
        awaitTexts(client, "before", "after");
    }

    @ParameterizedTest
    @EnumSource
    void disconnect_ofAClientThatIsLost_isTold_andDoesNotKeepItOut(TestTransport transport) {
        SignalRTestClient client = started(usual.client(transport).withManualPolling());
        client.drop();

        usual.connections()
                .disconnect(client.connectionId())
                .toCompletableFuture()
                .join();
        awaitEvents(client, "connected", "disconnected true");
        client.reconnect();

        awaitEvents(client, "connected", "disconnected true", "reconnected");
        send(usual, client, "back");
        awaitTexts(client, "back");
    }

    @Test
    void disconnect_ofNobody_isNothing() {
        usual.connections().disconnect("nobody").toCompletableFuture().join();

        assertThat(LifeHub.eventsOf("nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void credentialsThatExpire_endTheRequest_andBetterOnesGoOn(TestTransport transport) {
        Instant soon = Instant.now().plusSeconds(5); // a slow machine has to start by then
        SignalRTestClient client =
                started(usual.client(transport).withManualPolling().withHeader(goodUntil(soon)));
        if (transport == TestTransport.LONG_POLLING) {
            client.openPoll();
        }

        client.awaitChannelEnd();

        assertThat(Instant.now()).isAfterOrEqualTo(soon);
        assertThat(events(client)).containsExactly("connected");
        send(usual, client, "while away");
        SignalRTestClient better = sameAs(
                client,
                usual.client(transport)
                        .withManualPolling()
                        .withHeader(goodUntil(Instant.now().plusSeconds(600)))
                        .withQuery("messageId", client.cursor().orElseThrow()));
        better.reconnect();
        awaitEvents(client, "connected", "reconnected");
        awaitTexts(better, "while away");
    }

    private static String goodUntil(Instant instant) {
        return "X-Good-Until: " + instant.toEpochMilli();
    }
}
