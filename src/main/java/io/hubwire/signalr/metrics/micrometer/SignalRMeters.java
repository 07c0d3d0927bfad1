package io.hubwire.signalr.metrics.micrometer;

import io.hubwire.signalr.metrics.CallStatistics;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * A server's counters and gauges as meters. A counter or gauge {@code MESSAGE_BUS_TOPICS_CURRENT} is the meter {@code
 * hubwire.message.bus.topics.current}; what stands in several constants there is one meter with a tag here:
 *
 * <ul>
 *   <li>{@code hubwire.connections.current}, tag {@code transport} as on the wire
 *   <li>{@code hubwire.limits.refused}, tag {@code limit}; an application's {@code Upload Size} is {@code upload_size}
 *   <li>{@code hubwire.hub.calls}, a timer, {@code hubwire.hub.calls.failed} and {@code hubwire.hub.calls.running}, tag {@code hub}
 * </ul>
 *
 * <p>All of them have the tag {@code server}. The registry reads the values when it is asked for them. The meters stay in the registry; whoever outlives the
 * server removes them.
 */
public final class SignalRMeters implements MeterBinder {
    private static final String PREFIX = "hubwire.";
    private static final Map<Gauge, String> TRANSPORTS = Map.of(
            Gauge.CONNECTIONS_CURRENT_WEB_SOCKETS, "webSockets",
            Gauge.CONNECTIONS_CURRENT_SERVER_SENT_EVENTS, "serverSentEvents",
            Gauge.CONNECTIONS_CURRENT_FOREVER_FRAME, "foreverFrame",
            Gauge.CONNECTIONS_CURRENT_LONG_POLLING, "longPolling");

    private final Metrics metrics;
    private final Tags tags;

    /** @param metrics of a server that has started, so that its hubs are known */
    public SignalRMeters(Metrics metrics) {
        this.metrics = metrics;
        this.tags = Tags.of("server", metrics.name());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Arrays.stream(Counter.values())
                .filter(counter -> counter != Counter.LIMITS_REFUSED) // the sum of those with tags
                .forEach(counter -> bind(counter, registry));
        Arrays.stream(Gauge.values())
                .filter(gauge -> gauge != Gauge.CONNECTIONS_CURRENT) // likewise
                .forEach(gauge -> bind(gauge, registry));
        Arrays.stream(Limit.values())
                .forEach(limit -> bindLimit(limit.name(), values -> values.refusals(limit), registry));
        metrics.applicationLimits()
                .forEach(limit -> bindLimit(limit.replace(' ', '_'), values -> values.refusals(limit), registry));
        metrics.calls().forEach((hub, calls) -> bind(hub, calls, registry));
    }

    private void bind(Counter counter, MeterRegistry registry) {
        FunctionCounter.builder(PREFIX + dotted(counter), metrics, values -> values.value(counter))
                .description(counter.displayName())
                .tags(tags)
                .register(registry);
    }

    private void bind(Gauge gauge, MeterRegistry registry) {
        String transport = TRANSPORTS.get(gauge);
        String name = transport == null ? dotted(gauge) : "connections.current";
        io.micrometer.core.instrument.Gauge.builder(PREFIX + name, metrics, values -> values.value(gauge))
                .description(transport == null ? gauge.displayName() : Gauge.CONNECTIONS_CURRENT.displayName())
                .tags(transport == null ? tags : tags.and("transport", transport))
                .register(registry);
    }

    private void bindLimit(String limit, ToDoubleFunction<Metrics> count, MeterRegistry registry) {
        FunctionCounter.builder(PREFIX + "limits.refused", metrics, count)
                .description(Counter.LIMITS_REFUSED.displayName())
                .tags(tags.and("limit", limit.toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    private void bind(String hub, CallStatistics calls, MeterRegistry registry) {
        Tags ofHub = tags.and("hub", hub);
        FunctionTimer.builder(
                        PREFIX + "hub.calls",
                        calls,
                        CallStatistics::completed,
                        values -> values.totalTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Calls of a hub from their beginning until their result is there")
                .tags(ofHub)
                .register(registry);
        FunctionCounter.builder(PREFIX + "hub.calls.failed", calls, CallStatistics::failed)
                .description("Calls of a hub that were answered with an error")
                .tags(ofHub)
                .register(registry);
        io.micrometer.core.instrument.Gauge.builder(PREFIX + "hub.calls.running", calls, CallStatistics::running)
                .description("Calls of a hub under way")
                .tags(ofHub)
                .register(registry);
    }

    private static String dotted(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
