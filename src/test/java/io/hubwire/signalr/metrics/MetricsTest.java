package io.hubwire.signalr.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void counters_fromManyThreads_countEverything() {
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            metrics.increment(Counter.CONNECTION_MESSAGES_SENT);
            metrics.add(Counter.CONNECTION_MESSAGES_RECEIVED, 3);
        });
        assertThat(metrics.value(Counter.CONNECTION_MESSAGES_SENT)).isEqualTo(10_000);
        assertThat(metrics.value(Counter.CONNECTION_MESSAGES_RECEIVED)).isEqualTo(30_000);
    }

    @Test
    void gauges_goUpAndDown() {
        metrics.increment(Gauge.CONNECTIONS_CURRENT);
        metrics.add(Gauge.CONNECTIONS_CURRENT, 4);
        metrics.decrement(Gauge.CONNECTIONS_CURRENT);
        assertThat(metrics.value(Gauge.CONNECTIONS_CURRENT)).isEqualTo(4);
    }

    @Test
    void add_negativeToCounter_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.add(Counter.ERRORS_ALL, -1));
    }

    @Test
    void instances_ofTwoServers_areIndependent() {
        metrics.increment(Counter.ERRORS_ALL);
        assertThat(new Metrics().value(Counter.ERRORS_ALL)).isZero();
    }

    @Test
    void refused_countsUnderItsLimit_andInAll() {
        metrics.refused(Limit.TOPICS);
        metrics.refused(Limit.BODY_SIZE);
        assertThat(metrics.refusals(Limit.TOPICS)).isEqualTo(1);
        assertThat(metrics.refusals(Limit.GROUPS)).isZero();
        assertThat(metrics.value(Counter.LIMITS_REFUSED)).isEqualTo(2);
    }

    @Test
    void refused_ofTheApplication_isCountedUnderItsLimit_andInAll() {
        Metrics shop = new Metrics("shop", new LinkedHashSet<>(List.of("Upload Size", "Orders")));
        shop.refused("Upload Size");

        assertThat(shop.refusals("Upload Size")).isEqualTo(1);
        assertThat(shop.refusals("Orders")).isZero();
        assertThat(shop.value(Counter.LIMITS_REFUSED)).isEqualTo(1);
        assertThat(shop.snapshot().applicationRefusals())
                .containsExactly(entry("Upload Size", 1L), entry("Orders", 0L));
        assertThat(shop.snapshot().byName())
                .containsEntry("Limits Refused: Upload Size", 1L)
                .containsEntry("Limits Refused: Orders", 0L);
    }

    @Test
    void refused_ofTheApplication_underALimitThatItDidNotName_isAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.refused("Orders"))
                .withMessageContaining("\"Orders\"");
        assertThat(metrics.value(Counter.LIMITS_REFUSED)).isZero();
        assertThat(metrics.refusals("Orders")).isZero();
    }

    @Test
    void limitsOfTheApplication_calledLikeTheServersOrNothing_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Metrics("shop", Set.of("body size")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Metrics("shop", Set.of(" ")));
    }

    @Test
    void name_forbiddenCharacters_areReplacedAndCut() {
        assertThat(new Metrics("/LM/W3SVC(1)#a\\b").name()).isEqualTo("-LM-W3SVC[1]-a-b");
        assertThat(new Metrics("x".repeat(Metrics.MAX_NAME_LENGTH + 1)).name()).hasSize(Metrics.MAX_NAME_LENGTH);
    }

    @Test
    void snapshot_byName_usesTheOriginalsNames() {
        metrics.increment(Counter.ERRORS_TRANSPORT);
        metrics.increment(Gauge.CONNECTIONS_CURRENT_WEB_SOCKETS);
        assertThat(metrics.snapshot().byName())
                .containsEntry("Errors: Tranport Total", 1L)
                .containsEntry("Connections Current WebSockets", 1L)
                .containsEntry("Connections Connected", 0L)
                .containsEntry("Limits Refused: Groups", 0L)
                .hasSize(Counter.values().length + Gauge.values().length + Limit.values().length);
    }

    @Test
    void ratesSince_earlierSnapshot_dividesByTime() {
        Metrics.Snapshot before = metrics.snapshot();
        metrics.add(Counter.ERRORS_ALL, 5);
        assertThat(metrics.snapshot().ratesSince(before, Duration.ofSeconds(2))).containsEntry("Errors: All/Sec", 2.5);
        assertThatIllegalArgumentException().isThrownBy(() -> before.ratesSince(before, Duration.ZERO));
    }

    @Test
    void displayNames_areUnique() {
        Stream<String> names = Stream.of(
                        Arrays.stream(Counter.values()).map(Counter::displayName),
                        Arrays.stream(Counter.values()).map(Counter::rateName).flatMap(Optional::stream),
                        Arrays.stream(Gauge.values()).map(Gauge::displayName),
                        Arrays.stream(Limit.values()).map(Limit::displayName))
                .flatMap(s -> s);
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(35);
    }
}
