package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.TransportKind;
import io.hubwire.signalr.transport.TransportSession;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How the application hears of a connection. */
class ConnectionEventsTest {
    private static final ConnectionGap GAP = new ConnectionGap(OptionalLong.of(3), 9, OptionalLong.of(6));

    private final TestNode node = new TestNode();
    private final ConnectionRequest request = node.request(TransportKind.WEB_SOCKETS);
    private final StoryReceiver receiver =
            new StoryReceiver(TestNode.CONNECTION, TransportKind.WEB_SOCKETS, node.story);
    private final ScopeHolds holds = node.disposable();
    private final ConnectionEvents events = new ConnectionEvents(
            node.endpoint, node.services, node.trace, receiver, node.loop(TransportKind.WEB_SOCKETS), holds);
    private final TransportSession session = ((Heartbeat.Entry) node.heartbeat.enter(receiver)).session();

    private Consumer<Throwable> telling(String what) {
        return failure -> node.story.add(what + (failure == null ? "" : ": " + failure.getMessage()));
    }

    @Test
    void events_areRaisedInOrder_onWorkers_andHoldTheScope() {
        events.connected(request, session, telling("connected"));
        events.gap(request, GAP);
        events.reconnected(request.withGap(Optional.of(GAP)), telling("not reconnected"));
        events.disconnected(request, true, () -> node.story.add("over"));
        holds.release(); // the request's own
        assertThat(node.news()).isEmpty();

        node.workers.work();

        assertThat(node.news())
                .containsExactly(
                        "onConnected",
                        "connected",
                        "onGap to 9",
                        "onReconnected after 9",
                        "onDisconnected: stopped",
                        "over",
                        "disposed");
        assertThat(node.metrics.value(Counter.CONNECTIONS_CONNECTED)).isOne();
        assertThat(node.metrics.value(Counter.CONNECTIONS_RECONNECTED)).isOne();
        assertThat(node.metrics.value(Counter.CONNECTIONS_DISCONNECTED)).isOne();
        assertThat(node.metrics.value(Counter.CONNECTION_GAPS)).isOne();
    }

    @Test
    void connected_again_waitsForTheFirst_andRaisesNone() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        node.endpoint.answers(first);
        events.connected(request, session, telling("first"));
        events.connected(request, session, telling("second"));
        node.workers.work();
        assertThat(node.news()).containsExactly("onConnected");

        first.complete(null);

        assertThat(node.news()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void failure_isToldToWhoeverAsked_andCounted() {
        node.endpoint.answers(CompletableFuture.failedStage(new IllegalStateException("planted")));

        events.connected(request, session, telling("connected"));
        events.reconnected(request, telling("not reconnected"));
        events.disconnected(request, false, () -> node.story.add("over"));
        node.workers.work();

        assertThat(node.news())
                .containsExactly(
                        "onConnected",
                        "connected: planted",
                        "onReconnected",
                        "not reconnected: planted",
                        "onDisconnected: vanished",
                        "over");
        assertThat(node.metrics.value(Counter.ERRORS_ALL)).isOne(); // whoever asked counts the others
        assertThat(node.metrics.value(Counter.CONNECTIONS_CONNECTED)).isZero();
    }

    @Test
    void event_withoutAWorker_isDropped_andTheConnectionEnds() {
        node.workers.fill();

        events.disconnected(request, true, () -> node.story.add("over"));

        assertThat(node.news()).containsExactly("end 1013 The server is too busy.", "over");
        assertThat(node.metrics.refusals(Limit.WORKERS)).isOne();
    }

    @Test
    void event_oneMoreThanMayWait_isDropped_andTheConnectionEnds() {
        for (int i = 0; i < 64; i++) {
            events.gap(request, GAP);
        }
        assertThat(node.news()).isEmpty();

        events.gap(request, GAP);

        assertThat(node.news()).containsExactly("end 1013 The server is too busy.");
        assertThat(node.metrics.refusals(Limit.WORKERS)).isOne();
    }
}
