package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.bus.Batches;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A receive request from its entrance to its end, with a transport and a subscription in the hands of the test. */
class ClientConnectionTest {
    private static final long NEWS = StorySubscription.ATTACHED_AT + 1;
    private static final long REPLAYED = StorySubscription.ATTACHED_AT;
    private static final Gap GAP = new Gap(OptionalLong.of(3), 9, OptionalLong.of(6));

    private final TestNode node = new TestNode();
    private ClientConnection connection;
    private ScopeHolds holds;

    /** Entered, and its pipe open: from here on it holds the scope by itself. */
    private ClientConnection opened(TransportKind kind, Operation operation, boolean delayedStart) {
        enter(kind, operation, delayedStart);
        connection.onOpen(new StoryTransport(kind, node.story));
        holds.release(); // the request's own
        return connection;
    }

    private Heartbeat.Entrance enter(TransportKind kind, Operation operation, boolean delayedStart) {
        holds = node.disposable();
        connection = new ClientConnection(
                node.endpoint,
                node.services,
                node.trace,
                node.request(kind),
                holds,
                new ReceiveRequest(operation, delayedStart, Optional.empty(), Optional.empty()),
                node.interest());
        return connection.enter();
    }

    private void attach(Optional<Gap> missed) {
        connection.onAttached(new StorySubscription(node.story, connection::onDetached), missed);
        node.workers.work();
    }

    private ClientConnection attached(TransportKind kind, Operation operation) {
        opened(kind, operation, true);
        attach(Optional.empty());
        node.news();
        return connection;
    }

    // --- the beginning ---

    @Test
    void connect_withADelayedStart_isInitializedAtOnce() {
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, true);
        attach(Optional.empty());
        assertThat(node.news()).containsExactly("publish Initialize[]");

        connection.onCommand(new Command.Initialize(), NEWS);
        connection.onBatch(Batches.of("e-c"));

        assertThat(node.news()).containsExactly("frame {\"C\":\"e-c\",\"S\":1,\"M\":[]}");
    }

    @Test
    void connect_ofAnOlderClient_isInitializedAfterItsEvent() {
        CompletableFuture<Void> connected = new CompletableFuture<>();
        node.endpoint.answers(connected);
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, false);
        attach(Optional.empty());
        assertThat(node.news()).containsExactly("onConnected");

        connected.complete(null);

        assertThat(node.news()).containsExactly("publish Initialize[]");
    }

    @Test
    void connect_whoseEventFails_ends() {
        node.endpoint.answers(CompletableFuture.failedStage(new IllegalStateException("planted")));
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, false);

        attach(Optional.empty());

        assertThat(node.news()).containsExactly("onConnected", "end 1011 ", "close");
    }

    @Test
    void connect_thatCannotBeInitialized_ends() {
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, true);
        node.bus.close();

        attach(Optional.empty());

        assertThat(node.news()).containsExactly("publish Initialize[]", "end 1013 The server is too busy.");
    }

    @Test
    void reconnect_withAGap_tellsOfTheGapFirst() {
        opened(TransportKind.SERVER_SENT_EVENTS, Operation.RECONNECT, true);

        attach(Optional.of(GAP));

        assertThat(node.news()).containsExactly("onGap to 9", "onReconnected after 9");
    }

    @Test
    void reconnect_replacedBeforeTheAttach_ends_andItsEventIsRaised() {
        opened(TransportKind.SERVER_SENT_EVENTS, Operation.RECONNECT, true);
        connection.replaced();

        attach(Optional.empty());

        assertThat(node.news()).containsExactly("end", "close", "onReconnected");
    }

    @Test
    void poll_replacedBeforeTheAttach_endsWithWhatTheReplayHolds() {
        opened(TransportKind.LONG_POLLING, Operation.POLL, true);
        connection.replaced();
        attach(Optional.of(GAP));
        assertThat(node.news()).containsExactly("touch", "onGap to 9");

        connection.onBatch(Batches.of("e-c", "1"));

        assertThat(node.news()).containsExactly("frame {\"C\":\"e-c\",\"M\":[1]}", "close");
    }

    @Test
    void connect_shutDownBeforeTheAttach_raisesNoEvent() {
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, false);
        connection.shutDown();

        attach(Optional.empty());

        assertThat(node.news()).containsExactly("end", "close");
    }

    @Test
    void open_whenTheBusRefuses_endsThePipe_andWhatFollowsIsHarmless() {
        node.bus.close();
        opened(TransportKind.WEB_SOCKETS, Operation.CONNECT, true);
        assertThat(node.news()).containsExactly("end 1013 The server is too busy.");

        connection.onReceived("hello");
        connection.keepAlive();
        node.workers.work();
        connection.onClosed(true);

        assertThat(node.news()).isEmpty();
        assertThat(node.heartbeat.openRequests()).isZero();
        assertThat(node.metrics.value(Gauge.CONNECTIONS_CURRENT)).isZero();
    }

    // --- the end by a command ---

    @ParameterizedTest
    @EnumSource(
            value = TransportKind.class,
            names = {"LONG_POLLING"},
            mode = EnumSource.Mode.EXCLUDE)
    void abort_endsAStream_unlessItIsOlderThanTheStream(TransportKind kind) {
        attached(kind, Operation.RECONNECT);
        assertThat(connection.onCommand(new Command.Abort(), REPLAYED)).isFalse();
        assertThat(node.news()).isEmpty();

        assertThat(connection.onCommand(new Command.Abort(), NEWS)).isTrue();
        node.workers.work();

        assertThat(node.news()).containsExactly("end", "close", "onDisconnected: stopped");
    }

    @Test
    void abort_replayedToAPoll_endsItWithACursorBeyondTheAbort() {
        attached(TransportKind.LONG_POLLING, Operation.RECONNECT);
        assertThat(connection.onCommand(new Command.Abort(), REPLAYED)).isTrue();
        node.workers.work();
        assertThat(node.news()).containsExactly("onDisconnected: stopped");

        connection.onBatch(Batches.of("e-c"));

        assertThat(node.news()).containsExactly("frame {\"C\":\"e-c\",\"M\":[]}", "close");
    }

    @Test
    void abort_replayedToThePollOfAClientThatIsNotKnown_raisesNoSecondEvent() {
        attached(TransportKind.LONG_POLLING, Operation.POLL);

        assertThat(connection.onCommand(new Command.Abort(), REPLAYED)).isTrue();
        node.workers.work();

        assertThat(node.news()).isEmpty();
        assertThat(node.heartbeat.size()).isZero();
    }

    @Test
    void disconnect_tellsAPollToReconnect() {
        attached(TransportKind.LONG_POLLING, Operation.POLL);
        connection.onCommand(new Command.Disconnect(), NEWS);

        connection.onBatch(Batches.of("e-c"));
        node.workers.work();

        assertThat(node.news())
                .containsExactly("frame {\"C\":\"e-c\",\"T\":1,\"M\":[]}", "close", "onDisconnected: stopped");
    }

    @Test
    void disconnect_replayed_isObeyedByAPollOnly() {
        attached(TransportKind.LONG_POLLING, Operation.RECONNECT);
        assertThat(connection.onCommand(new Command.Disconnect(), REPLAYED)).isFalse();

        attached(TransportKind.LONG_POLLING, Operation.POLL);
        assertThat(connection.onCommand(new Command.Disconnect(), REPLAYED)).isTrue();
    }

    // --- the end of the pipe ---

    @Test
    void closed_hearsAnAbortThatFollows() {
        attached(TransportKind.WEB_SOCKETS, Operation.CONNECT);
        connection.onClosed(false);
        assertThat(node.news()).containsExactly("commands only");

        connection.onCommand(new Command.Abort(), NEWS);
        node.workers.work();

        assertThat(node.news()).containsExactly("close", "onDisconnected: stopped", "disposed");
    }

    @Test
    void vanished_afterTheEnd_isTheLastEvent_andTheScopeIsDisposedOf() {
        attached(TransportKind.WEB_SOCKETS, Operation.CONNECT);
        connection.onClosed(true);

        connection.vanished();
        node.workers.work();

        assertThat(node.news()).containsExactly("commands only", "close", "onDisconnected: vanished", "disposed");
    }

    @Test
    void entrance_toANodeThatIsShutDown_leavesNothing() {
        node.heartbeat.close();

        assertThat(enter(TransportKind.WEB_SOCKETS, Operation.CONNECT, true)).isEqualTo(new Heartbeat.Closed());
        holds.release(); // the request's own, as it is answered
        node.workers.work();

        assertThat(node.news()).containsExactly("disposed");
    }

    @Test
    void call_withCredentialsThatHaveRunOut_isNotRun_andTheConnectionEnds() {
        connection = new ClientConnection(
                node.endpoint,
                node.services,
                node.trace,
                node.request(TransportKind.WEB_SOCKETS, Optional.of(new Expired())),
                node.holds(),
                new ReceiveRequest(Operation.CONNECT, true, Optional.empty(), Optional.empty()),
                node.interest());
        connection.enter();
        connection.onOpen(new StoryTransport(TransportKind.WEB_SOCKETS, node.story));
        attach(Optional.empty());
        node.news();

        connection.onReceived("hello");
        node.workers.work();

        assertThat(node.news()).containsExactly("end", "commands only");
    }

    private record Expired() implements ExpiringPrincipal {
        @Override
        public String getName() {
            return "alice";
        }

        @Override
        public Instant expiresAt() {
            return Instant.EPOCH;
        }
    }
}
