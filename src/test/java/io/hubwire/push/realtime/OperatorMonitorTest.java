package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.JsonBinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorMonitorTest {
    private static final Instant NOW = ObservedServer.TAKEN_AT;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Watchers<OperatorClient> pages = Watchers.of(OperatorClient.class);
    private final ObservedServer server = new ObservedServer();
    private Instant now = NOW;
    private final OperatorMonitor monitor = new OperatorMonitor(pages, () -> server, new Ticking());

    /** Shows the time that the test has set. */
    private final class Ticking extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    private NodeHistory history() {
        return monitor.history().toCompletableFuture().join();
    }

    private List<List<String>> told() {
        return pages.calls().stream().map(Watchers.Call::only).toList();
    }

    @Test
    void tick_whileSomebodyWatches_tellsThemAndNobodyElse() {
        monitor.watch("a");
        monitor.watch("b");
        monitor.tick();
        monitor.leave("a");
        monitor.tick();

        assertThat(pages.methods()).containsExactly("nodeStatus", "nodeStatus");
        assertThat(told().get(0)).containsExactlyInAnyOrder("a", "b");
        assertThat(told().get(1)).containsExactly("b");
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void tick_whileNobodyWatches_looksAtEveryFifthAndRemembers() {
        for (int i = 0; i < 11; i++) {
            monitor.tick();
        }

        assertThat(server.asked()).isEqualTo(3);
        assertThat(pages.calls()).isEmpty();
        assertThat(history().points()).hasSize(3);
    }

    @Test
    void history_isBounded_andForgetsTheOldest() {
        monitor.watch("a");
        for (int i = 0; i <= OperatorMonitor.MAX_POINTS; i++) {
            monitor.tick();
        }

        List<NodePoint> points = history().points();
        assertThat(points).hasSize(OperatorMonitor.MAX_POINTS);
        assertThat(points.get(0).clients()).containsEntry("webSockets", 2);
        assertThat(points.get(points.size() - 1).clients()).containsEntry("webSockets", OperatorMonitor.MAX_POINTS + 1);
    }

    @Test
    void history_isOfAMomentAfterTheQuestion() {
        monitor.tick();

        assertThat(history().now().clients().get(0).open()).isEqualTo(2);
    }

    @Test
    void watch_byOneTooMany_isRefused_untilSomebodyLeaves() {
        for (int i = 0; i < OperatorMonitor.MAX_WATCHERS; i++) {
            assertThat(monitor.watch("page-" + i)).isTrue();
        }

        assertThat(monitor.watch("late")).isFalse();
        assertThat(monitor.watch("page-0")).isTrue();
        monitor.leave("page-7");
        assertThat(monitor.watch("late")).isTrue();
    }

    @Test
    void lease_ends_unlessItIsAskedForAgain() {
        monitor.watch("stays");
        monitor.watch("forgets");
        now = NOW.plus(OperatorMonitor.LEASE);
        monitor.tick();
        monitor.watch("stays");
        now = now.plusMillis(1);
        monitor.tick();

        assertThat(told().get(0)).containsExactlyInAnyOrder("stays", "forgets");
        assertThat(told().get(1)).containsExactly("stays");
    }

    @Test
    void tick_withoutAServer_goesOn() {
        monitor.watch("a");
        server.stop();
        monitor.tick();
        server.fail();
        monitor.tick();
        assertThat(pages.calls()).isEmpty();

        server.run();
        monitor.tick();
        assertThat(pages.calls()).hasSize(1);
    }

    @Test
    void drain_drainsTheServer() {
        monitor.drain();

        assertThat(server.isDraining()).isTrue();
    }

    @Test
    void close_endsTheThread() {
        LeakAudit threads = LeakAudit.ofThreads("hubwire-operator");
        try (OperatorMonitor running = OperatorMonitor.start(pages, () -> server, Clock.systemUTC())) {
            running.watch("a");
            await().atMost(PATIENCE).until(() -> !pages.calls().isEmpty());
        }

        threads.verify();
    }

    @Test
    void status_inJson_hasTheNamesThatPagesKnow() {
        server.metrics().refused(Limit.GROUPS);
        server.metrics().refused(Limit.QUERY_LENGTH);
        server.metrics().refused(Limit.QUERY_LENGTH);
        server.metrics().refused("Upload Size");
        server.metrics().refused("Upload Size");
        server.metrics().refused("Upload Size");
        server.metrics().error(Counter.ERRORS_ALL, "SignalR.Test", "It failed", null);
        server.metrics().error(Counter.ERRORS_ALL, "SignalR.Test", "It failed", null);

        String json = JsonBinding.standard().write(history()).text();

        assertThat(json)
                .startsWith("{\"points\":[],\"now\":{\"name\":\"observed\",\"time\":\"2026-01-02T03:04:05.678Z\"");
        assertThat(json)
                .contains(
                        "\"uptimeSeconds\":3661", "\"draining\":false", "\"heapUsed\":", "\"heapMax\":", "\"threads\":")
                .contains("\"clients\":[{\"transport\":\"webSockets\",\"open\":1,\"away\":2}]")
                .contains(
                        "\"hubs\":[{\"name\":\"PushHub\",\"connections\":3,\"calls\":4,\"failed\":1,\"running\":2,\"averageMillis\":2.5}]")
                .contains("\"rates\":{\"toClients\":1.5,\"fromClients\":0.0,\"published\":0.0,\"errors\":0.0}")
                .contains(
                        "\"topics\":{\"count\":9,\"retainedBytes\":1000,\"largest\":[{\"name\":\"h-PushHub\",\"subscribers\":3,\"messages\":7}]}")
                .contains(
                        "\"readers\":{\"behind\":2,\"slowest\":[{\"connectionId\":\"c1\",\"user\":\"alice\",\"transport\":\"longPolling\",\"messages\":5,\"bytes\":600,\"ageMillis\":7000}"
                                + ",{\"connectionId\":\"c2\",\"user\":\"\",\"transport\":\"\",\"messages\":1,\"bytes\":2,\"ageMillis\":3}]}")
                .contains("\"gaps\":{\"count\":1,\"messages\":12}")
                .contains(
                        "\"refused\":[{\"limit\":\"Upload Size\",\"count\":3},{\"limit\":\"Query Length\",\"count\":2},{\"limit\":\"Groups\",\"count\":1}]")
                .contains("\"errors\":[{\"source\":\"SignalR.Test\",\"message\":\"It failed\",\"count\":2,\"last\":\"");
    }
}
