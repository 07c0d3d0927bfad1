package io.hubwire.signalr.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.CallStatistics;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalRMetersTest {
    private final Metrics metrics = new Metrics("shop");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void counters_areMetersByTheirName() {
        new SignalRMeters(metrics).bindTo(registry);
        metrics.add(Counter.CONNECTION_MESSAGES_SENT, 3);

        assertThat(registry.get("hubwire.connection.messages.sent")
                        .tag("server", "shop")
                        .functionCounter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void connections_areOneMeterByTransport() {
        new SignalRMeters(metrics).bindTo(registry);
        metrics.add(Gauge.CONNECTIONS_CURRENT_LONG_POLLING, 2);

        assertThat(registry.get("hubwire.connections.current")
                        .tag("transport", "longPolling")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("hubwire.connections.current").gauges()).hasSize(4);
    }

    @Test
    void refusals_areOneMeterByLimit() {
        new SignalRMeters(metrics).bindTo(registry);
        metrics.refused(Limit.QUERY_LENGTH);

        assertThat(registry.get("hubwire.limits.refused")
                        .tag("limit", "query_length")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusalsOfTheApplication_areOfTheSameMeter() {
        Metrics shop = new Metrics("shop", Set.of("Upload Size"));
        new SignalRMeters(shop).bindTo(registry);
        shop.refused("Upload Size");

        assertThat(registry.get("hubwire.limits.refused")
                        .tag("limit", "upload_size")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hubwire.limits.refused").functionCounters()).hasSize(Limit.values().length + 1);
    }

    @Test
    void calls_areATimerByHub() {
        CallStatistics chat = metrics.calls("chat");
        new SignalRMeters(metrics).bindTo(registry);
        chat.begin();
        chat.begin();
        chat.complete(Duration.ofMillis(250).toNanos());
        chat.fail();

        assertThat(registry.get("hubwire.hub.calls")
                        .tag("hub", "chat")
                        .functionTimer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hubwire.hub.calls").functionTimer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
        assertThat(registry.get("hubwire.hub.calls.failed").functionCounter().count())
                .isEqualTo(1);
        assertThat(registry.get("hubwire.hub.calls.running").gauge().value()).isEqualTo(1);
    }

    @Test
    void twoServers_inOneRegistry_areToldApart() {
        new SignalRMeters(metrics).bindTo(registry);
        int ofOne = registry.getMeters().size();
        new SignalRMeters(new Metrics("office")).bindTo(registry);

        assertThat(registry.getMeters())
                .hasSize(2 * ofOne)
                .extracting(Meter::getId)
                .allMatch(id -> id.getTag("server") != null && id.getDescription() != null);
    }
}
