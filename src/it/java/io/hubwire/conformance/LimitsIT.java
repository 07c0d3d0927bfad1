package io.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.conformance.Requests.Refusal;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.Negotiation;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.client.TimedFrame;
import io.hubwire.kit.client.WebSocketFrame;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.connection.ConnectionConfig;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.transport.SessionLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one more than the limit gets, over each transport, and what it leaves behind. */
class LimitsIT {
    private static final String ALICE = "X-User: alice";
    private static final String CALL = "{\"H\":\"demo\",\"M\":\"echoInt\",\"A\":[1],\"I\":0}";

    private final DemoClients clients = new DemoClients();
    private DemoServer server;
    private int admitted; // clients that have started

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    /* --- connections --- */

    @ParameterizedTest
    @EnumSource
    void connection_oneMoreThanAUserMayHave_isRefused_untilOneOfThemIsGone(TestTransport transport) {
        server = DemoServer.start(settings -> settings.sessions(new SessionLimits(100, 2, 100)));
        SignalRTestClient first = started(transport, ALICE);
        started(transport, ALICE);

        assertThat(oneMore(transport, ALICE)).isEqualTo(new Refusal(429, "A user may have at most 2 connections."));

        assertRefusedOnce(Limit.CONNECTIONS_PER_USER);
        started(transport, "X-User: bob");
        started(transport, "X-Nobody: at all");
        first.abort();
        await().atMost(DemoClients.PATIENCE)
                .until(() -> oneMore(transport, ALICE).status() != 429);
    }

    @ParameterizedTest
    @EnumSource
    void connection_oneMoreThanAnAddressMayHave_isRefused_whoeverItIs(TestTransport transport) {
        server = DemoServer.start(settings -> settings.sessions(new SessionLimits(100, 100, 2)));
        started(transport, ALICE);
        SignalRTestClient second = started(transport, "X-Nobody: at all");

        assertThat(oneMore(transport, "X-User: bob"))
                .isEqualTo(new Refusal(429, "An address may have at most 2 connections."));

        assertRefusedOnce(Limit.CONNECTIONS_PER_ADDRESS);
        second.abort();
        await().atMost(DemoClients.PATIENCE)
                .until(() -> oneMore(transport, ALICE).status() != 429);
    }

    @ParameterizedTest
    @EnumSource
    void connection_oneMoreThanTheServerTakes_isRefused_butOneThatComesBackIsNot(TestTransport transport) {
        server = DemoServer.start(settings -> settings.maxConnections(2));
        started(transport, ALICE);
        SignalRTestClient second = started(transport, ALICE);

        assertThat(oneMore(transport, ALICE)).isEqualTo(new Refusal(503, "The server takes at most 2 connections."));

        assertRefusedOnce(Limit.CONNECTIONS);
        second.drop();
        clients.comeBack(
                second, second.cursor().orElseThrow(), second.groupsToken().orElse(""));
    }

    private SignalRTestClient started(TestTransport transport, String header) {
        admitted++;
        return clients.start(server.client(transport).withHeader(header));
    }

    /** Of whom nothing is left when it is refused: neither a subscription nor a connection that counts. */
    private Refusal oneMore(TestTransport transport, String header) {
        ClientOptions options = server.client(transport).withHeader(header);
        SignalRTestClient client = clients.create(options);
        Negotiation negotiation = client.negotiate();
        Refusal refusal = new Requests(options.http())
                .opened(
                        transport,
                        "/signalr/connect?transport=" + transport.wireName() + "&clientProtocol=2.1&connectionToken="
                                + Percent.encode(negotiation.connectionToken()) + "&connectionData="
                                + Percent.encode(options.connectionData()) + "&frameId=1",
                        header);
        if (refusal.status() >= 400) {
            // Fewer, while one of them is between two polls.
            assertThat(server.metrics().value(Gauge.CONNECTIONS_CURRENT)).isLessThanOrEqualTo(admitted);
        }
        return refusal;
    }

    private void assertRefusedOnce(Limit limit) {
        assertThat(server.metrics().refusals(limit)).isEqualTo(1);
        assertThat(server.metrics().value(Counter.LIMITS_REFUSED)).isEqualTo(1);
    }

    /* --- sizes --- */

    @Test
    void requests_beyondALimit_areCountedUnderIt() {
        server = DemoServer.start();
        SignalRTestClient poller = started(TestTransport.LONG_POLLING, ALICE);
        String arguments = "{\"H\":\"demo\",\"M\":\"echoInt\",\"A\":[1" + ",1".repeat(255) + "],\"I\":0}";
        String hubs = IntStream.rangeClosed(0, 512)
                .mapToObj(i -> "{\"name\":\"h" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Requests requests = new Requests(poller.options().http());

        assertThat(DemoClients.post(poller, arguments).status()).isEqualTo(500);
        assertThat(DemoClients.post(poller, "x".repeat(1 << 20)).status()).isEqualTo(413);
        assertThat(requests.get("/signalr/ping?" + "a=&".repeat(1001)).status()).isEqualTo(400);
        assertThat(requests.get("/signalr/negotiate?connectionData=" + Percent.encode(hubs))
                        .status())
                .isEqualTo(500);
        SignalRTestClient socket = started(TestTransport.WEB_SOCKETS, ALICE);
        socket.sendData("x".repeat(65_537));
        socket.awaitChannelEnd();

        assertThat(Stream.of(
                                Limit.HUB_CALL,
                                Limit.BODY_SIZE,
                                Limit.PARAMETERS,
                                Limit.CONNECTION_DATA,
                                Limit.SOCKET_MESSAGE_SIZE)
                        .map(server.metrics()::refusals))
                .containsOnly(1L);
        assertThat(server.metrics().value(Counter.LIMITS_REFUSED)).isEqualTo(5);
    }

    /* --- calls --- */

    @ParameterizedTest
    @EnumSource(names = {"SERVER_SENT_EVENTS", "FOREVER_FRAME", "LONG_POLLING"})
    void call_oneMoreThanASecondAllows_isRefused_andLaterOnesAreNot(TestTransport transport) {
        server = DemoServer.start(
                settings -> settings.connections(ConnectionConfig.defaults().withMaxCallsPerSecond(1)));
        SignalRTestClient client = started(transport, ALICE);
        await().atMost(DemoClients.PATIENCE).until(() -> callsUntilRefused(client) >= 1);

        assertThat(server.metrics().refusals(Limit.CALL_RATE)).isPositive();
        assertThat(server.metrics().refusals(Limit.CALL_RATE))
                .isEqualTo(server.metrics().value(Counter.LIMITS_REFUSED));
        await().atMost(DemoClients.PATIENCE)
                .until(() -> DemoClients.post(client, CALL).status() == 200);
    }

    /** How many went through before one was refused; a slow machine may let some seconds pass. */
    private static int callsUntilRefused(SignalRTestClient client) {
        for (int taken = 0; taken < 1000; taken++) {
            RawExchange answer = DemoClients.post(client, CALL);
            if (answer.status() != 200) {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.body()).isEqualTo("A connection may make at most 1 calls a second.");
                assertThat(answer.head().orElseThrow().first("Retry-After")).contains("1");
                return taken;
            }
        }
        throw new AssertionError("None of 1000 calls was refused.");
    }

    @Test
    void call_overAWebSocket_oneMoreThanASecondAllows_closesIt() {
        server = DemoServer.start(
                settings -> settings.connections(ConnectionConfig.defaults().withMaxCallsPerSecond(50)));
        SignalRTestClient client = started(TestTransport.WEB_SOCKETS, ALICE);
        RawWebSocket socket = client.webSocket().orElseThrow();
        for (int i = 0; i < 50; i++) {
            assertThat(DemoClients.invoke(client, "echoInt", i).result()).contains(String.valueOf(i));
        }

        sendUntilClosed(socket);

        assertThat(socket.awaitFrames(LimitsIT::hasClose, DemoClients.PATIENCE)).isTrue();
        assertThat(socket.closeCode()).contains(1008);
        assertThat(server.metrics().refusals(Limit.CALL_RATE)).isPositive();
    }

    private static void sendUntilClosed(RawWebSocket socket) {
        try {
            for (int i = 0; i < 5_000 && socket.end().isEmpty(); i++) {
                socket.sendText(CALL);
            }
        } catch (UncheckedIOException closed) {
            // The close came while this was writing; the test looks at its frame.
            assertThat(closed).hasCauseInstanceOf(IOException.class);
        }
    }

    private static boolean hasClose(List<TimedFrame> frames) {
        return frames.stream().anyMatch(frame -> frame.frame().opcode() == WebSocketFrame.CLOSE);
    }

    @Test
    void call_oneMoreReaderThanMayWait_closesItsSocket_andTheOthersGoOn() {
        server = DemoServer.start(settings -> settings.connections(
                new ConnectionConfig(1, 1, 100, 5000, 512, OptionalInt.empty(), OverflowPolicy.SKIP)));
        SignalRTestClient waiting = started(TestTransport.WEB_SOCKETS, ALICE);
        SignalRTestClient tooMany = started(TestTransport.WEB_SOCKETS, ALICE);
        String hold = "{\"H\":\"demo\",\"M\":\"%s\",\"A\":[\"%s\"],\"I\":%d}";
        for (SignalRTestClient client : List.of(waiting, tooMany)) {
            RawWebSocket socket = client.webSocket().orElseThrow();
            socket.sendText(hold.formatted("hold", client.connectionId(), 1));
        }

        waiting.webSocket().orElseThrow().sendText(CALL); // waits for the call that is held
        tooMany.webSocket().orElseThrow().sendText(CALL);

        // Which of the two comes first is not said.
        await().atMost(DemoClients.PATIENCE).until(() -> closed(waiting) != closed(tooMany));
        SignalRTestClient left = closed(waiting) ? tooMany : waiting;
        SignalRTestClient gone = closed(waiting) ? waiting : tooMany;
        assertThat(gone.webSocket().orElseThrow().closeCode()).contains(1013);
        assertRefusedOnce(Limit.BLOCKED_READERS);
        SignalRTestClient other = started(TestTransport.LONG_POLLING, ALICE);
        DemoClients.invoke(other, "release", left.connectionId());
        DemoClients.invoke(other, "release", gone.connectionId());
        assertThat(left.webSocket()
                        .orElseThrow()
                        .awaitTexts(texts -> DemoClients.answers(texts).size() == 2, DemoClients.PATIENCE))
                .isTrue();
    }

    private static boolean closed(SignalRTestClient client) {
        return client.webSocket().orElseThrow().closeCode().isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_SENT_EVENTS", "FOREVER_FRAME", "LONG_POLLING"})
    void call_oneMoreThanTheWorkersTake_isRefused(TestTransport transport) {
        server = DemoServer.start(settings -> settings.workerQueue(1));
        SignalRTestClient client = started(transport, ALICE);
        String name = client.connectionId();
        String block = "{\"H\":\"demo\",\"M\":\"block\",\"A\":[\"" + name + "\"],\"I\":1}";
        RawHttpRequest blocking =
                RawHttpRequest.form(DemoClients.sendTarget(client), "data=" + DemoClients.encode(block));
        try (RawExchange blocked =
                client.options().http().open(blocking.headers(client.options().headers()))) {
            await().atMost(DemoClients.PATIENCE)
                    .until(() -> DemoClients.post(client, CALL).status() == 503);

            assertThat(DemoClients.post(client, CALL).body()).isEqualTo("The server is too busy for this call.");
            assertThat(server.metrics().refusals(Limit.WORKERS)).isEqualTo(2);
            DemoHub.lift(name);
            blocked.awaitEnd(DemoClients.PATIENCE);
            assertThat(blocked.status()).isEqualTo(200);
        }
        await().atMost(DemoClients.PATIENCE)
                .until(() -> DemoClients.post(client, CALL).status() == 200);
    }
}
