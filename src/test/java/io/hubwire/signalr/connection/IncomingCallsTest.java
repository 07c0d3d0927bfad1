package io.hubwire.signalr.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a call that comes over a WebSocket. */
class IncomingCallsTest {
    private final TestNode node = new TestNode();
    private final ConnectionRequest request = node.request(TransportKind.WEB_SOCKETS);
    private final ConnectionLoop loop = node.loop(TransportKind.WEB_SOCKETS);
    private final ScopeHolds holds = node.disposable();
    private final CallSequence sequence = new CallSequence(node.services);
    private final ConnectionWriter writer = new ConnectionWriter(
            new StoryReceiver(TestNode.CONNECTION, TransportKind.WEB_SOCKETS, node.story),
            loop,
            new ReceiveFrameEncoder(TestNode.CONNECTION, node.keys, List.of(), Duration.ZERO),
            sequence,
            node.metrics,
            node.trace);
    private final IncomingCalls calls =
            new IncomingCalls(node.endpoint, node.services, node.trace, loop, holds, sequence, writer);

    private final StorySubscription subscription = TestNode.attach(loop, node.story);

    @Test
    void call_isAnswered_andHoldsTheScopeUntilThen() {
        calls.received(request, "hello");
        holds.release(); // the request's own
        assertThat(node.metrics.value(Gauge.CALLS_IN_FLIGHT)).isOne();

        node.workers.work();

        assertThat(node.news()).containsExactly("answer hello", "disposed");
        assertThat(node.metrics.value(Gauge.CALLS_IN_FLIGHT)).isZero();
        assertThat(node.metrics.value(Counter.CONNECTION_MESSAGES_SENT)).isOne();
    }

    @Test
    void answer_toAnIdlePipe_needsNoLoop() {
        calls.received(request, "hello");
        node.workers.work();
        writer.written();
        calls.received(request, "hello again");
        node.workers.work();

        assertThat(node.news()).containsExactly("answer hello", "answer hello again");
        assertThat(subscription.tasks()).isZero();
    }

    @Test
    void answer_ofACallThatHasPublished_followsThatToTheLoop() {
        node.endpoint.onPublishing = node.bus::grow;
        calls.received(request, "publishing");
        node.workers.work();

        assertThat(node.news()).containsExactly("answer publishing");
        assertThat(subscription.tasks()).isOne();
    }

    @Test
    void answer_completedOnAnotherThread_isWrittenByTheLoop() throws InterruptedException {
        calls.received(request, "later");
        node.workers.work();
        Thread another = new Thread(() -> node.endpoint.later.complete(Optional.of("done".getBytes(UTF_8))));
        another.start();
        another.join();

        assertThat(node.news()).containsExactly("answer done");
        assertThat(subscription.tasks()).isOne();
    }

    @Test
    void answer_completedByALaterCallOnTheSameThread_isWrittenByTheLoop() {
        node.endpoint.onPublishing = () -> {
            node.endpoint.later.complete(Optional.of("done".getBytes(UTF_8)));
            node.story.add("on the loop: " + subscription.tasks());
        };
        calls.received(request, "later");
        calls.received(request, "publishing");
        node.workers.work();
        writer.written();

        assertThat(node.news())
                .as("user code may hold its locks as it completes a stage")
                .containsExactly("answer done", "on the loop: 1", "answer publishing");
    }

    @Test
    void answer_whoseWriteThrows_endsTheConnection_andLeavesNothing() {
        calls.received(request, StoryTransport.UNWRITABLE);
        node.workers.work();

        assertThat(node.news()).containsExactly("failed: planted", "close");
        assertThat(node.metrics.value(Gauge.CALLS_IN_FLIGHT)).isZero();
    }

    @Test
    void calls_withoutAnswers_makeRoomForOthers() {
        calls.received(request, "silent");
        calls.received(request, "broken");
        node.workers.work();
        assertThat(node.news()).isEmpty();

        calls.received(request, "hello");
        node.workers.work();

        assertThat(node.news()).containsExactly("answer hello");
        assertThat(node.metrics.value(Counter.ERRORS_ALL)).isOne();
    }

    @Test
    void call_whoseResultCannotBeWritten_endsTheConnection() {
        calls.received(request, "unserializable");
        node.workers.work();

        assertThat(node.news()).containsExactly("end 1011 A result could not be serialized.");
    }

    @Test
    void call_oneMoreThanTheRateAllows_endsTheConnection() {
        for (int i = 0; i < TestNode.MOST_CALLS_A_SECOND; i++) {
            calls.received(request, "silent");
            node.workers.work();
        }
        assertThat(node.news()).isEmpty();

        calls.received(request, "silent");

        assertThat(node.news()).containsExactly("end 1008 A connection may make at most 3 calls a second.");
        assertThat(node.metrics.refusals(Limit.CALL_RATE)).isOne();
        assertThat(node.metrics.value(Gauge.CALLS_IN_FLIGHT)).isZero();
    }

    @Test
    void call_oneMoreThanMayBeUnderWay_whenNoReaderMayWait_endsTheConnection() {
        node.blockedReaders.incrementAndGet(); // as many as may
        for (int i = 0; i < TestNode.MOST_CALLS; i++) {
            calls.received(request, "silent");
        }

        calls.received(request, "silent");

        assertThat(node.news()).containsExactly("end 1013 At most 1 connections may wait for their calls.");
        assertThat(node.metrics.refusals(Limit.BLOCKED_READERS)).isOne();
    }

    @Test
    void call_withoutAWorker_endsTheConnection_andLeavesNothing() {
        node.workers.fill();

        calls.received(request, "hello");

        assertThat(node.news()).containsExactly("end 1013 The server is too busy.");
        assertThat(node.metrics.refusals(Limit.WORKERS)).isOne();
        assertThat(node.metrics.value(Gauge.CALLS_IN_FLIGHT)).isZero();
    }

    @Test
    void call_afterTheClose_isNotRun() {
        calls.close();

        calls.received(request, "hello");
        node.workers.work();

        assertThat(node.news()).isEmpty();
    }
}
