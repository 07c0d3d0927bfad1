package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import io.hubwire.signalr.connection.Connection;
import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.ConnectionGroupManager;
import io.hubwire.signalr.connection.ConnectionMessage;
import io.hubwire.signalr.protocol.JsonBinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuMonitorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678912Z");
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final Watchers watchers = new Watchers();

    /** Keeps what is broadcast; the first call finds no server. */
    private static final class Watchers implements ConnectionContext, Connection {
        private final List<Object> told = new CopyOnWriteArrayList<>();
        private volatile boolean running;

        @Override
        public Connection connection() {
            if (!running) {
                running = true;
                throw new IllegalStateException("not yet");
            }
            return this;
        }

        @Override
        public ConnectionGroupManager groups() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String defaultSignal() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> broadcast(Object value, String... excludedConnectionIds) {
            told.add(value);
            return CompletableFuture.failedStage(new IllegalStateException("the bus is full"));
        }

        @Override
        public CompletionStage<Void> send(String connectionId, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> send(Collection<String> connectionIds, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> send(ConnectionMessage message) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void monitor_tellsAgainAndAgainUntilClosed_whateverGoesWrong() {
        LeakAudit threads = LeakAudit.ofThreads("hubwire-perfmon");

        try (CpuMonitor monitor = CpuMonitor.start(watchers, () -> 0.12345, Clock.fixed(NOW, ZoneOffset.UTC), OFTEN)) {
            assertThat(monitor).isNotNull();
            await().untilAsserted(() -> assertThat(watchers.told).hasSizeGreaterThan(2));
        }

        threads.verify();
        assertThat(watchers.told).first().isEqualTo(new CpuUsageInfo(12.35, Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    @Test
    void machine_tellsItsLoadOrThatItIsUnknown() {
        try (CpuMonitor monitor = CpuMonitor.start(watchers, Clock.systemUTC())) {
            assertThat(monitor).isNotNull();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(watchers.told).isNotEmpty());
        }

        Double usage = ((CpuUsageInfo) watchers.told.get(0)).Usage();
        assertThat(usage == null || (usage >= 0 && usage <= 100)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, 1.01})
    void load_outOfRange_isUnknown(double load) {
        assertThat(CpuUsageInfo.of(load, NOW).Usage()).isNull();
    }

    @Test
    void json_hasTheNamesThatPagesKnow() {
        assertThat(JsonBinding.standard()
                        .write(CpuUsageInfo.of(0.5, Instant.EPOCH))
                        .text())
                .isEqualTo("{\"Usage\":50.0,\"Time\":\"1970-01-01T00:00:00Z\"}");
        assertThat(JsonBinding.standard()
                        .write(CpuUsageInfo.of(Double.NaN, Instant.EPOCH))
                        .text())
                .isEqualTo("{\"Usage\":null,\"Time\":\"1970-01-01T00:00:00Z\"}");
    }
}
