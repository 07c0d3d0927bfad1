package io.hubwire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.HeapCensus;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.TraceRecorder;
import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.proxy.FaultProxy;
import io.hubwire.kit.proxy.ProxiedConnection;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole list. */
abstract class ConnectionContract extends EssentialContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPLACEMENTS = 20;
    private static final int MEGABYTES_THAT_NOBODY_READS = 4;
    private static final int NARROW = 2_000; // bytes a second
    private static final int SMALL_LOT = TestServer.BUFFER_SIZE / 2;

    /** There is one for each client, or for its receive request, at least. */
    private static final String SUBSCRIPTION = "io.hubwire.signalr.bus.LoopSubscription";

    private static final List<String> OF_A_CLIENT = List.of(
            "io.hubwire.signalr.transport.TransportSession",
            "io.hubwire.signalr.connection.ClientConnection",
            SUBSCRIPTION,
            "io.hubwire.signalr.hosting.jakarta.JakartaStream",
            "io.hubwire.signalr.hosting.jakarta.JakartaSocket",
            "io.hubwire.signalr.hosting.jakarta.AsyncCycle");

    private final List<FaultProxy> proxies = new ArrayList<>();
    private final LeakAudit threads = LeakAudit.ofThreads("contract-", "kit-", "shared-log");
    private TestServer server;

    /** One node, unless a subclass says otherwise. */
    TestServer launch(SignalRConfig.Builder config) {
        return TestServer.single(config);
    }

    @BeforeEach
    void startServer() {
        server = launch(TestServer.config(KeyRing.random()));
    }

    @AfterEach
    void stopServer_nothingIsLeftAlive() {
        if (server.isOpen()) {
            clients().forEach(this::abortAtLast);
            server.awaitNobody();
        }
        clients().forEach(SignalRTestClient::close);
        proxies.forEach(FaultProxy::close);
        server.close();
        ContractHub.forgetEvents();
        threads.verify();
    }

    private void abortAtLast(SignalRTestClient client) {
        int port = client.options().http().port();
        boolean ours = port == server.port() || proxies.stream().anyMatch(proxy -> proxy.port() == port);
        if (client.isNegotiated() && ours) {
            client.close();
            client.abort();
        }
    }

    // --- start ---

    @Test
    void connect_protocol13_raisesConnectedBeforeTheInitMessage() {
        SignalRTestClient client = created(options().withClientProtocol("1.3"));
        client.negotiate();
        client.connect();

        assertThat(events(client)).containsExactly("connected");
    }

    @Test
    void connect_protocol13_replacedAtOnce_raisesConnectedOnce() {
        for (int i = 0; i < REPLACEMENTS; i++) {
            SignalRTestClient client =
                    created(options().withClientProtocol("1.3").withManualPolling());
            client.negotiate();
            client.connectBesides();
            client.connectBesides(); // the server may not have attached the first yet

            client.awaitFrames(frames -> frames.stream().anyMatch(ReceivedFrame::init), "an init message");
            awaitEvents(client, "connected");
        }
    }

    // --- calls and messages ---

    @Test
    void hundredMessages_arriveInOrder() {
        SignalRTestClient client = started();

        for (int i = 0; i < 100; i++) {
            context().clients().all().invoke("message", i);
        }

        assertThat(numbers(client.awaitMessages(100)))
                .containsExactlyElementsOf(range(0, 100).toList());
    }

    @Test
    void twoPublishers_arriveCompleteAndEachInItsOrder() {
        SignalRTestClient client = started();

        CompletableFuture<Void> evens = CompletableFuture.runAsync(() -> publish(200, i -> 2 * i));
        CompletableFuture<Void> odds = CompletableFuture.runAsync(() -> publish(200, i -> 2 * i + 1));
        CompletableFuture.allOf(evens, odds).join();

        List<Integer> numbers = numbers(client.awaitMessages(400));
        assertThat(numbers).hasSize(400).doesNotHaveDuplicates();
        assertThat(numbers.stream().filter(n -> n % 2 == 0)).isSorted();
        assertThat(numbers.stream().filter(n -> n % 2 == 1)).isSorted();
    }

    // --- reconnect ---

    @Test
    void reconnect_afterAJoinWhoseFrameWasLost_isInTheGroup() {
        SignalRTestClient client = started();
        invoke(client, "toCaller", "before");
        client.awaitMessages(1);
        client.drop();

        CompletableFuture<Void> joined =
                context().groups().add(client.connectionId(), "room").toCompletableFuture();
        context().clients().group("room").invoke("message", "in the room");
        client.reconnect();
        joined.join();

        assertThat(texts(client.awaitMessages(2))).containsExactly("before", "in the room");
    }

    @Test
    void reconnect_belowWhatIsHeld_tellsTheHubHowManyAreLost() {
        SignalRTestClient client = started();
        invoke(client, "toCaller", "before");
        client.awaitMessages(1);
        client.drop();

        publish(TestServer.BUFFER_SIZE + 7, i -> i);
        server.awaitSpread();
        try (TraceRecorder trace = TraceRecorder.of("SignalR.Connection")) {
            client.reconnect();

            List<JsonText> received = client.awaitMessages(1 + TestServer.BUFFER_SIZE);
            assertThat(numbers(received.subList(1, received.size())))
                    .containsExactlyElementsOf(
                            range(7, TestServer.BUFFER_SIZE + 7).toList());
            // The request that comes back may be quicker than its loop, and is told of the gap after that.
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<String> told = events(client);
                assertThat(told).contains("connected", "gap of 7");
                if (!told.contains("reconnected with a gap of 7")) {
                    assertThat(told).containsSubsequence("reconnected", "gap of 7");
                }
            });
            // At least: the request that was dropped may have fallen behind before the server noticed.
            assertThat(server.value(Counter.CONNECTION_GAPS)).isPositive();
            assertThat(server.value(Counter.CONNECTION_MESSAGES_MISSED)).isGreaterThanOrEqualTo(7);
            assertThat(trace.lines())
                    .anyMatch(line -> line.contains(client.connectionId() + " has lost messages: 7 after offset "));
        }
    }

    @Test
    void reconnect_againAndAgainWhilePublishing_losesAndRepeatsNothing() {
        SignalRTestClient client = started();
        AtomicBoolean publishing = new AtomicBoolean(true);
        CompletableFuture<Integer> publisher = CompletableFuture.supplyAsync(() -> {
            int next = 0;
            while (publishing.get() || next < 200) {
                context()
                        .clients()
                        .all()
                        .invoke("message", next++)
                        .toCompletableFuture()
                        .join();
                if (next % 8 == 0) {
                    letCatchUp(client, next, publishing);
                }
            }
            return next;
        });
        for (int round = 0; round < 12; round++) {
            int seen = client.messages().size();
            client.awaitMessages(messages -> messages.size() > seen, "more messages");
            client.drop();
            client.reconnect();
        }
        publishing.set(false);
        int published = publisher.join();

        assertThat(numbers(client.awaitMessages(published)))
                .containsExactlyElementsOf(range(0, published).toList());
    }

    /** The buffer must not overflow while the client is away. */
    private static void letCatchUp(SignalRTestClient client, int published, AtomicBoolean publishing) {
        do {
            LockSupport.parkNanos(2_000_000);
        } while (publishing.get() && published - client.messages().size() > TestServer.BUFFER_SIZE / 2);
    }

    @Test
    void reconnect_replacedAtOnce_isToldAllTheSame() {
        SignalRTestClient client = started();
        client.drop();
        for (int i = 0; i < REPLACEMENTS; i++) {
            client.reconnectBesides(); // the server may not have attached the one before yet
        }

        String[] told = new String[1 + REPLACEMENTS];
        Arrays.fill(told, "reconnected");
        told[0] = "connected";
        awaitEvents(client, told);
    }

    @Test
    void reconnect_afterARestartWithTheSameKeys_goesOn() {
        KeyRing keys = KeyRing.random();
        server.close();
        server = launch(TestServer.config(keys));
        SignalRTestClient client = started();
        invoke(client, "join", "room");
        client.awaitFrames(
                frames -> frames.stream().anyMatch(frame -> frame.groupsToken().isPresent()), "a groups token");
        client.drop();
        server.close();
        server = launch(TestServer.config(keys));

        SignalRTestClient back = created(options()
                .withQuery("messageId", client.cursor().orElseThrow())
                .withQuery("groupsToken", client.groupsToken().orElseThrow()));
        back.adopt(client.negotiation());
        back.reconnect();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(back)).contains("reconnected with a gap of unknown size"));
        context().clients().group("room").invoke("message", "still in the room");

        assertThat(texts(back.awaitMessages(1))).containsExactly("still in the room");
    }

    // --- the end ---

    @Test
    void abort_whileOthersStay_leavesNothingInTheHeap() {
        started();
        Map<String, Long> before = heldForWhoStays();
        List<SignalRTestClient> aborted = List.of(started(), started(), started());

        aborted.forEach(SignalRTestClient::abort);

        awaitNoMoreThan(before);
    }

    @Test
    void vanish_howeverItHappens_raisesDisconnectedAsNotStopped_andLeavesNothing() {
        SignalRTestClient stays = started();
        Map<String, Long> before = heldForWhoStays();
        SignalRTestClient closed = started();
        SignalRTestClient returned = started();
        returned.drop();
        returned.reconnect();
        awaitEvents(returned, "connected", "reconnected");
        FaultProxy proxy = proxy();
        SignalRTestClient torn = startedThrough(proxy);
        awaitChannel(proxy, torn);
        proxy.connections().forEach(ProxiedConnection::cut);
        SignalRTestClient swallowed = startedThrough(proxy);
        awaitChannel(proxy, swallowed);
        proxy.connections().forEach(ProxiedConnection::swallow);

        closed.drop();
        returned.drop();
        for (int i = 0; i < MEGABYTES_THAT_NOBODY_READS; i++) {
            context().clients().client(swallowed.connectionId()).invoke("message", "x".repeat(1 << 20));
        }

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(List.of(closed, torn, swallowed)).allSatisfy(client -> assertThat(events(client))
                    .containsExactly("connected", "disconnected false"));
            assertThat(events(returned)).containsExactly("connected", "reconnected", "disconnected false");
        });
        awaitNoMoreThan(before);
        stays.close();
        stays.abort();
        server.awaitNobody();
    }

    /** With a request that is open: there is none between two polls, and less is held then. */
    private static Map<String, Long> heldForWhoStays() {
        return await("what is held while a request is open")
                .atMost(PATIENCE)
                .until(() -> HeapCensus.instancesOf(OF_A_CLIENT), held -> held.get(SUBSCRIPTION) > 0);
    }

    /** Waits until nothing is held of the clients that have come since, and left. */
    private void awaitNoMoreThan(Map<String, Long> before) {
        int elsewhere = server.nodes().size() - 1; // a poll of who stays may go to a node that did not know it
        await("the end of what those who left had")
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    Map<String, Long> now = HeapCensus.instancesOf(OF_A_CLIENT);
                    before.forEach(
                            (name, count) -> assertThat(now.get(name)).as(name).isLessThanOrEqualTo(count + elsewhere));
                });
    }

    // --- a bad network ---

    @Test
    void cut_whilePublishing_andReconnect_losesAndRepeatsNothing() {
        FaultProxy proxy = proxy();
        SignalRTestClient client = startedThrough(proxy);
        for (int round = 0; round < 5; round++) {
            int first = 20 * round;
            publish(10, i -> first + i);
            awaitChannel(proxy, client);
            proxy.connections().forEach(ProxiedConnection::cut);
            publish(10, i -> first + 10 + i);
            client.drop();
            client.reconnect();
        }

        assertThat(numbers(client.awaitMessages(100)))
                .containsExactlyElementsOf(range(0, 100).toList());
    }

    @Test
    void halfClosed_eitherWay_andReconnect_losesAndRepeatsNothing() {
        for (Consumer<ProxiedConnection> fault : List.<Consumer<ProxiedConnection>>of(
                ProxiedConnection::halfCloseTowardsClient, ProxiedConnection::halfCloseTowardsServer)) {
            FaultProxy proxy = proxy();
            SignalRTestClient client = startedThrough(proxy);
            awaitChannel(proxy, client);
            proxy.connections().forEach(fault);

            publish(10, i -> i);
            client.drop();
            client.reconnect();

            assertThat(numbers(client.awaitMessages(10)))
                    .containsExactlyElementsOf(range(0, 10).toList());
        }
    }

    @Test
    void delayed_everythingComesAllTheSame() {
        FaultProxy proxy =
                keep(FaultProxy.start(List.of(server.port()), connection -> connection.delay(Duration.ofMillis(100))));
        SignalRTestClient client = startedThrough(proxy);

        publish(50, i -> i);

        assertThat(numbers(client.awaitMessages(50)))
                .containsExactlyElementsOf(range(0, 50).toList());
    }

    @Test
    void slowReader_slowsNobody_andIsToldOfItsGap() {
        AtomicBoolean narrow = new AtomicBoolean();
        FaultProxy proxy = keep(FaultProxy.start(List.of(server.port()), connection -> {
            if (narrow.get()) {
                connection.throttle(NARROW);
            }
        }));
        SignalRTestClient healthy = started();
        SignalRTestClient slow = startedThrough(proxy);
        awaitChannel(proxy, slow);
        narrow.set(true); // for each poll that follows as well
        proxy.connections().forEach(connection -> connection.throttle(NARROW));
        int lots = 6;
        for (int lot = 0; lot < lots; lot++) {
            int sent = lot * SMALL_LOT;
            for (int i = 0; i < SMALL_LOT; i++) {
                context().clients().all().invoke("message", sent + i, "x".repeat(1_000));
            }
            healthy.awaitMessages(sent + SMALL_LOT);
        }
        server.awaitSpread();

        slow.drop();
        narrow.set(false);
        slow.reconnect();

        slow.awaitMessages(
                messages -> !messages.isEmpty() && numbers(messages).get(messages.size() - 1) == lots * SMALL_LOT - 1,
                "the last message");
        assertThat(numbers(healthy.messages()))
                .containsExactlyElementsOf(range(0, lots * SMALL_LOT).toList());
        assertThat(numbers(slow.messages()))
                .hasSizeLessThan(lots * SMALL_LOT)
                .isSorted()
                .doesNotHaveDuplicates();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(slow)).anyMatch(event -> event.startsWith("gap of")));
    }

    @Test
    void idle_isKeptAlive() {
        SignalRTestClient client = started();

        if (transport() == TestTransport.LONG_POLLING) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(client.exchange().orElseThrow().body()).startsWith(" "));
        } else {
            client.awaitKeepAlives(1);
        }
    }

    @Test
    void shutdown_endsTheChannel_withoutADisconnect() {
        SignalRTestClient client = started();
        await().atMost(PATIENCE) // a poll is on its way
                .until(() -> isOpen(client) && server.value(Gauge.CONNECTIONS_CURRENT) == 1);
        int framesBefore = client.frames().size();

        server.close();

        client.awaitChannelEnd();
        assertThat(events(client)).containsExactly("connected");
        if (transport() == TestTransport.LONG_POLLING) {
            client.awaitFrames(
                    frames ->
                            frames.subList(framesBefore, frames.size()).stream().anyMatch(ReceivedFrame::shutdown),
                    "the last frame of a poll");
        }
    }

    @Test
    void everyWorkerWaitingForAJoin_isNoDeadlock() {
        server.close();
        server = launch(TestServer.config(KeyRing.random()).workers(1));
        SignalRTestClient client = started();

        List<SignalRTestClient.PendingCall> calls = IntStream.range(0, 50)
                .mapToObj(i -> client.invokeAsync(HUB, "joinAndWait", "room" + i))
                .toList();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).orTimeoutAfter(Duration.ofSeconds(20)).result())
                    .contains("\"joined room" + i + "\"");
        }
    }

    // --- words ---

    private FaultProxy proxy() {
        return keep(FaultProxy.to(server.port()));
    }

    private FaultProxy keep(FaultProxy proxy) {
        proxies.add(proxy);
        return proxy;
    }

    private SignalRTestClient startedThrough(FaultProxy proxy) {
        return started(ClientOptions.to("127.0.0.1", proxy.port())
                .withTransport(transport())
                .withHubs("contracthub"));
    }

    /** Waits until the client's receive request, and no other, goes through the proxy. */
    private static void awaitChannel(FaultProxy proxy, SignalRTestClient client) {
        await().atMost(PATIENCE)
                .until(() -> isOpen(client) && proxy.connections().size() == 1);
    }

    /** The server has begun to answer, and goes on: between two polls there is nothing that is open. */
    private static boolean isOpen(SignalRTestClient client) {
        return client.exchange()
                .map(exchange -> exchange.head().isPresent() && exchange.end().isEmpty())
                .orElseGet(() -> client.webSocket().orElseThrow().end().isEmpty());
    }

    @Override
    final ClientOptions options() {
        return ClientOptions.to("127.0.0.1", server.port())
                .withTransport(transport())
                .withHubs("contracthub");
    }

    private HubContext<ClientProxy> context() {
        return server.hub();
    }

    @Override
    final void tellAll(String text) {
        context().clients().all().invoke("message", text);
    }

    @Override
    final void tellGroup(String group, String text) {
        context().clients().group(group).invoke("message", text);
    }

    private void publish(int count, IntFunction<Object> argument) {
        for (int i = 0; i < count; i++) {
            context().clients().all().invoke("message", argument.apply(i));
        }
    }

    @Override
    final List<String> eventsOf(String connectionId) {
        return told(ContractHub.eventsOf(connectionId));
    }

    /** What the contract asks for, out of what the hub was told. */
    List<String> told(List<String> events) {
        return events;
    }

    private static List<Integer> numbers(List<JsonText> messages) {
        return messages.stream()
                .map(message -> Integer.valueOf(
                        message.get("A").orElseThrow().elements().get(0).raw()))
                .toList();
    }

    private static java.util.stream.Stream<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed();
    }
}
