package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.push.kit.MovableClock;
import io.hubwire.signalr.connection.SpentTickets.Outcome;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedTicketsTest {
    private final MovableClock clock = new MovableClock();
    private final Metrics metrics = new Metrics();
    private final RememberedTickets tickets = new RememberedTickets(3, clock, metrics);

    private Instant in(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    @Test
    void spend_again_isTold() {
        assertThat(tickets.spend("a", in(30))).isEqualTo(Outcome.FIRST);
        assertThat(tickets.spend("a", in(30))).isEqualTo(Outcome.AGAIN);
        assertThat(tickets.spend("b", in(30))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void spend_beyondTheLimit_isRefused_untilTheSoonestExpires() {
        tickets.spend("long", in(30));
        tickets.spend("short", in(10));
        tickets.spend("longer", in(40));

        assertThat(tickets.spend("one more", in(30))).isEqualTo(Outcome.FULL);
        assertThat(tickets.spend("long", in(30))).isEqualTo(Outcome.AGAIN);
        assertThat(metrics.value(Gauge.CONNECT_TICKETS_SPENT)).isEqualTo(3);

        clock.advance(Duration.ofSeconds(10));
        assertThat(tickets.spend("one more", in(30))).isEqualTo(Outcome.FIRST);
        assertThat(metrics.value(Gauge.CONNECT_TICKETS_SPENT)).isEqualTo(3);
    }

    @Test
    void spend_fromManyThreads_isFirstOnce() {
        List<CompletableFuture<Outcome>> attempts = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> tickets.spend("a", in(30))))
                .toList();

        assertThat(attempts.stream().map(CompletableFuture::join)).containsOnlyOnce(Outcome.FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT10M0.001S"})
    void lifetime_outOfRange_isRefused(String lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectTicketConfig(
                        Duration.parse(lifetime), 1, (id, until) -> Outcome.FIRST, holder -> false, Clock.systemUTC()))
                .withMessageStartingWith("The lifetime of connect tickets must be PT1S to PT10M:");
    }

    @Test
    void maxSpent_belowOne_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectTicketConfig(
                        Duration.ofSeconds(30), 0, (id, until) -> Outcome.FIRST, holder -> false, Clock.systemUTC()))
                .withMessage("maxSpent must be at least 1: 0");
    }
}
