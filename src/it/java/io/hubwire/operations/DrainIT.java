package io.hubwire.operations;

import static io.hubwire.operations.OperatedServer.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.SharedLog;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.SignalRTestClient.PendingCall;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.operations.DrainOptions;
import io.hubwire.signalr.operations.DrainReport;
import io.hubwire.signalr.operations.ServerSnapshot.Clients;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.transport.TransportKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients are sent elsewhere: spread, after their calls, within a bound, and without loss. */
class DrainIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final DrainOptions AT_ONCE = new DrainOptions(Duration.ZERO, LONG);
    private static final DrainOptions SLOWLY = new DrainOptions(LONG, LONG);
    private static final AtomicInteger LOGS = new AtomicInteger(1_000); // each with an epoch of its own

    private final List<AutoCloseable> owned = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : owned) {
            resource.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void drain_oneNodeOfTwo_itsClientsGoOnAtTheOtherWithoutLoss(TestTransport transport) {
        SharedLog log = new SharedLog(LOGS.incrementAndGet());
        KeyRing keys = KeyRing.random();
        OperatedServer left = own(OperatedServer.start(SignalRConfig.builder().keys(keys), log.node()));
        OperatedServer right = own(OperatedServer.start(SignalRConfig.builder().keys(keys), log.node()));
        owned.add(log);
        SignalRTestClient client = left.client(transport);
        right.publish(0);
        client.awaitMessages(1);
        CompletionStage<DrainReport> drained = left.signalR().drain(AT_ONCE);
        client.awaitChannelEnd();
        right.publish(1);

        SignalRTestClient there = right.keep(SignalRTestClient.create(right.options(transport)));
        there.adopt(client.negotiation());
        there.resumeFrom(client.cursor().orElseThrow(), client.groupsToken().orElse(""));
        there.reconnect();

        right.publish(2);
        there.awaitMessages(2);
        assertThat(OperatedServer.numbers(there)).containsExactly(1, 2);
        assertThat(there.invoke("operated", "echo", "x").result()).contains("\"x\"");
        assertThat(join(drained)).satisfies(report -> {
            assertThat(report.moved() + report.away()).isEqualTo(1);
            assertThat(report.cut()).isZero();
        });
        assertThat(OperatedHub.wasDisconnected(client.connectionId())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void drain_callInFlight_isAnsweredBeforeItsClientIsSentElsewhere(TestTransport transport) {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient client = server.client(transport);
        PendingCall call = client.invokeAsync("operated", "hold");
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);
        SignalRTestClient idle = server.client(transport);

        CompletionStage<DrainReport> drained = server.signalR().drain(AT_ONCE);
        idle.awaitChannelEnd();
        assertThat(drained.toCompletableFuture()).isNotDone();
        OperatedHub.release("answered");

        assertThat(call.orTimeoutAfter(OperatedServer.PATIENCE).result()).contains("\"answered\"");
        client.awaitChannelEnd();
        assertThat(join(drained).cut()).isZero();
        assertThat(join(drained).unfinishedCalls()).isZero();
    }

    @Test
    void drain_poller_isToldToReconnect() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient client = server.client(TestTransport.LONG_POLLING);
        patiently().until(() -> server.snapshot().clients().contains(new Clients(TransportKind.LONG_POLLING, 1, 0)));

        server.signalR().drain(SLOWLY);

        client.awaitFrames(frames -> frames.stream().anyMatch(ReceivedFrame::shutdown), "a frame with T");
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB_SOCKETS", "LONG_POLLING"})
    void drain_callThatIsNeverOver_endsAtTheBound(TestTransport transport) {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient client = server.client(transport);
        client.invokeAsync("operated", "hold");
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);

        DrainReport report = join(server.signalR().drain(new DrainOptions(Duration.ZERO, Duration.ofSeconds(1))));

        assertThat(report.unfinishedCalls()).isEqualTo(1);
        assertThat(report.moved()).isZero();
        assertThat(report.cut() + report.away()).isEqualTo(1);
        assertThat(report.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        client.awaitChannelEnd();
    }

    @Test
    void drain_underWay_refusesNewcomersAndServesWhoIsThere() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient held = server.client(TestTransport.SERVER_SENT_EVENTS);
        PendingCall call = held.invokeAsync("operated", "hold"); // so that it stays
        SignalRTestClient newcomer = server.keep(SignalRTestClient.create(server.options(TestTransport.LONG_POLLING)));
        newcomer.negotiate();
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);

        server.signalR().drain(SLOWLY);

        assertRefused(server, "/signalr/negotiate?clientProtocol=2.1");
        assertRefused(server, target(newcomer, "connect"));
        assertRefused(server, target(newcomer, "reconnect"));
        assertRefused(server, target(newcomer, "poll"));
        assertRefused(server, target(held, "reconnect"));
        assertThat(held.ping()).isTrue();
        assertThat(held.invoke("operated", "echo", "x").result()).contains("\"x\"");
        server.publish(7);
        held.awaitMessages(1);
        OperatedHub.release("done");
        assertThat(call.orTimeoutAfter(OperatedServer.PATIENCE).result()).contains("\"done\"");
        held.awaitChannelEnd();
    }

    @Test
    void drain_clientThatHasStartedToConnect_canStart() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient held = server.client(TestTransport.SERVER_SENT_EVENTS);
        held.invokeAsync("operated", "hold");
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);
        SignalRTestClient client = server.keep(SignalRTestClient.create(server.options(TestTransport.WEB_SOCKETS)));
        client.negotiate();
        client.connect();

        server.signalR().drain(SLOWLY);

        client.start();
        client.abort();
        patiently().untilAsserted(() -> assertThat(OperatedHub.wasDisconnected(client.connectionId()))
                .isTrue()); // it has said so itself
    }

    @Test
    void drain_severalClients_areSpreadOverTheWindow() {
        OperatedServer server = own(OperatedServer.start());
        List<SignalRTestClient> clients = Stream.of(TestTransport.values(), TestTransport.values())
                .flatMap(Arrays::stream)
                .map(server::client)
                .toList();

        DrainReport report =
                join(server.signalR().drain(new DrainOptions(Duration.ofMillis(1_500), Duration.ofMinutes(1))));

        clients.forEach(SignalRTestClient::awaitChannelEnd);
        assertThat(report.took()).isGreaterThan(Duration.ofSeconds(1)); // the last eighth begins after 1.3 s
        assertThat(report.moved() + report.away()).isEqualTo(8);
        assertThat(report.cut()).isZero();
        assertThat(clients).noneMatch(client -> OperatedHub.wasDisconnected(client.connectionId()));
    }

    @Test
    void drain_twice_isOne() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);
        client.invokeAsync("operated", "hold");
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);

        CompletionStage<DrainReport> first = server.signalR().drain(AT_ONCE);
        CompletionStage<DrainReport> second =
                server.signalR().drain(new DrainOptions(Duration.ZERO, Duration.ofMillis(1)));

        assertThat(server.signalR().metrics().value(Gauge.DRAINING)).isEqualTo(1);
        assertThat(server.snapshot().draining()).isTrue();
        OperatedHub.release("done");
        assertThat(join(first)).isSameAs(join(second));
        assertThat(join(first).unfinishedCalls()).isZero();
    }

    @Test
    void drain_withNobodyThere_isOverAtOnce() {
        OperatedServer server = own(OperatedServer.start());

        DrainReport report = join(server.signalR().drain(SLOWLY));

        assertThat(report.moved()).isZero();
        assertThat(report.took()).isLessThan(LONG);
        assertThat(server.signalR().isDraining()).isTrue();
    }

    @Test
    void drain_clientThatWasLost_raisesNoDisconnect() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient lost = server.client(TestTransport.WEB_SOCKETS);
        lost.drop();
        patiently().until(() -> server.snapshot().clients().contains(new Clients(TransportKind.WEB_SOCKETS, 0, 1)));

        DrainReport report = join(server.signalR().drain(AT_ONCE));

        assertThat(report.away()).isEqualTo(1);
        assertThat(OperatedHub.wasDisconnected(lost.connectionId())).isFalse();
    }

    @Test
    void close_whileDraining_completesTheReport() {
        OperatedServer server = own(OperatedServer.start());
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);
        client.invokeAsync("operated", "hold"); // so that it stays
        patiently().until(() -> server.signalR().metrics().value(Gauge.CALLS_IN_FLIGHT) == 1);
        CompletionStage<DrainReport> drained = server.signalR().drain(SLOWLY);

        server.signalR().close();

        assertThat(join(drained).took()).isLessThan(LONG);
    }

    private OperatedServer own(OperatedServer server) {
        owned.add(server);
        return server;
    }

    private static DrainReport join(CompletionStage<DrainReport> drained) {
        return drained.toCompletableFuture()
                .orTimeout(OperatedServer.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static String target(SignalRTestClient client, String operation) {
        String token = URLEncoder.encode(client.negotiation().connectionToken(), StandardCharsets.UTF_8);
        String data = URLEncoder.encode("[{\"name\":\"operated\"}]", StandardCharsets.UTF_8);
        return "/signalr/" + operation + "?transport=longPolling&clientProtocol=2.1&connectionToken=" + token
                + "&connectionData=" + data;
    }

    private static void assertRefused(OperatedServer server, String target) {
        RawExchange answer = server.options(TestTransport.LONG_POLLING)
                .http()
                .call(RawHttpRequest.get(target), OperatedServer.PATIENCE);
        assertThat(answer.status()).as(target).isEqualTo(503);
        assertThat(answer.head().flatMap(head -> head.first("Retry-After")))
                .as(target)
                .isPresent();
        assertThat(answer.body()).isEqualTo("The server is shutting down.");
    }
}
