package io.hubwire.operations;

import static io.hubwire.operations.OperatedServer.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hubwire.kit.client.ClientOptions;
import io.hubwire.kit.client.SignalRTestClient;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.proxy.FaultProxy;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.operations.ServerSnapshot;
import io.hubwire.signalr.operations.ServerSnapshot.Clients;
import io.hubwire.signalr.operations.ServerSnapshot.HubLoad;
import io.hubwire.signalr.operations.ServerSnapshot.SlowReader;
import io.hubwire.signalr.transport.TransportKind;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of a running server. */
class ServerSnapshotIT {
    private OperatedServer server;

    @BeforeEach
    void start() {
        server = OperatedServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clients_overEveryTransport_areCountedByTransport() {
        for (TestTransport transport : TestTransport.values()) {
            server.client(transport);
        }

        patiently().untilAsserted(() -> assertThat(server.snapshot().clients())
                .containsExactlyElementsOf(Stream.of(TransportKind.values())
                        .map(kind -> new Clients(kind, 1, 0))
                        .toList()));
        patiently().untilAsserted(() -> assertThat(server.snapshot().hubs())
                .extracting(HubLoad::name, HubLoad::connections)
                .containsExactly(tuple("operated", 4)));
        patiently().untilAsserted(() -> assertThat(server.snapshot().topics().mostSubscribed())
                .first()
                .isEqualTo(new ServerSnapshot.TopicLoad("h-operated", 4, 0)));
    }

    @Test
    void poller_betweenTwoPolls_isAway() {
        SignalRTestClient poller = server.keep(SignalRTestClient.start(
                server.options(TestTransport.LONG_POLLING).withManualPolling()));

        patiently().untilAsserted(() -> assertThat(server.snapshot().clients())
                .contains(new Clients(TransportKind.LONG_POLLING, 0, 1)));
        assertThat(poller.isNegotiated()).isTrue();
    }

    @Test
    void calls_finishedFailedAndUnderWay_areCounted() {
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);
        client.invoke("operated", "echo", "x");
        client.invoke("operated", "fail");
        SignalRTestClient.PendingCall held = client.invokeAsync("operated", "hold");

        patiently().untilAsserted(() -> {
            HubLoad load = server.snapshot().hubs().get(0);
            assertThat(load.calls()).isEqualTo(2);
            assertThat(load.failed()).isEqualTo(1);
            assertThat(load.running()).isEqualTo(1);
            assertThat(load.callTime()).isPositive();
        });
        OperatedHub.release("done");
        held.orTimeoutAfter(OperatedServer.PATIENCE);
        patiently().until(() -> server.snapshot().hubs().get(0).running() == 0);
    }

    @Test
    void errorInAHub_isListedWithoutWhatItSays() {
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);
        client.invoke("operated", "fail");
        client.invoke("operated", "fail");

        patiently().untilAsserted(() -> assertThat(server.snapshot().recentErrors())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.source()).isEqualTo("SignalR.HubDispatcher");
                    assertThat(error.message())
                            .startsWith("operated.fail failed: IllegalStateException at OperatedHub.fail:");
                    assertThat(error.message()).doesNotContain("secret");
                    assertThat(error.count()).isEqualTo(2);
                }));
    }

    @Test
    void readerThatDoesNotRead_isNamedWithItsLag() {
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
            SignalRTestClient slow = server.keep(SignalRTestClient.start(ClientOptions.to("127.0.0.1", proxy.port())
                    .withTransport(TestTransport.SERVER_SENT_EVENTS)
                    .withHubs("operated")));
            // For a long while behind, and yet never so slow that it is given up.
            proxy.connections().forEach(connection -> connection.throttle(100_000));
            CompletableFuture<?> published = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 1_000; i++) {
                published = server.signalR()
                        .hubs()
                        .connectionManager()
                        .hubContext(OperatedHub.class)
                        .clients()
                        .all()
                        .invoke("message", i, "x".repeat(10_000))
                        .toCompletableFuture();
            }
            published.join();

            patiently().untilAsserted(() -> {
                ServerSnapshot snapshot = server.snapshot();
                assertThat(snapshot.readers().behind()).isEqualTo(1);
                SlowReader reader = snapshot.readers().slowest().get(0);
                assertThat(reader.connectionId()).isEqualTo(slow.connectionId());
                assertThat(reader.transport()).contains(TransportKind.SERVER_SENT_EVENTS);
                assertThat(reader.user()).isEmpty();
                assertThat(reader.messages()).isPositive();
                assertThat(reader.bytes()).isGreaterThan(10_000);
                assertThat(reader.age()).isPositive();
            });
            assertThat(server.snapshot().topics().retainedBytes()).isGreaterThan(1_000_000);
        }
    }

    @Test
    void snapshot_askedForByManyAtOnce_isGivenToAll() {
        SignalRTestClient client = server.client(TestTransport.WEB_SOCKETS);

        CompletableFuture<?>[] all = Stream.generate(
                        () -> server.signalR().snapshot().toCompletableFuture())
                .limit(100)
                .toArray(CompletableFuture<?>[]::new);

        assertThat(CompletableFuture.allOf(all)).succeedsWithin(OperatedServer.PATIENCE);
        ServerSnapshot snapshot = server.snapshot();
        assertThat(snapshot.name()).startsWith("operated-");
        assertThat(snapshot.metrics().counters()).containsEntry(Counter.CONNECTIONS_CONNECTED, 1L);
        assertThat(snapshot.uptime()).isPositive();
        assertThat(client.isNegotiated()).isTrue();
    }

    @Test
    void snapshot_afterTheEnd_completes() {
        server.signalR().close();

        assertThat(server.signalR().snapshot().toCompletableFuture()).succeedsWithin(OperatedServer.PATIENCE);
    }
}
