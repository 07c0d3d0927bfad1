package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.transport.TransportKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurrentConnectionTest {
    private final Metrics metrics = new Metrics();

    @ParameterizedTest
    @EnumSource
    void opened_countsOnce_andAllIsTakenBack(TransportKind kind) {
        CurrentConnection connection = new CurrentConnection(metrics, kind);
        Gauge ofItsKind = Gauge.valueOf("CONNECTIONS_CURRENT_" + kind);

        connection.opened();
        connection.opened();
        assertThat(metrics.value(Gauge.CONNECTIONS_CURRENT)).isOne();
        assertThat(metrics.value(ofItsKind)).isOne();

        assertThat(connection.closed(true)).isTrue();
        assertThat(connection.closed(true)).isFalse();
        assertThat(metrics.value(Gauge.CONNECTIONS_CURRENT)).isZero();
        assertThat(metrics.value(ofItsKind)).isZero();
        assertThat(metrics.value(Counter.ERRORS_TRANSPORT)).isZero();
    }

    @Test
    void opened_afterThePeerHasLeft_isNotCounted() {
        CurrentConnection connection = new CurrentConnection(metrics, TransportKind.WEB_SOCKETS);

        connection.closed(true);
        connection.opened();

        assertThat(metrics.value(Gauge.CONNECTIONS_CURRENT)).isZero();
    }

    @Test
    void closed_notCleanly_isOneError() {
        CurrentConnection connection = new CurrentConnection(metrics, TransportKind.SERVER_SENT_EVENTS);
        connection.opened();

        connection.closed(false);
        connection.closed(false);

        assertThat(metrics.value(Counter.ERRORS_TRANSPORT)).isOne();
    }
}
