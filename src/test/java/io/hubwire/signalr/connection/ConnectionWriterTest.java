package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.bus.Batches;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written next, and what is written last. */
class ConnectionWriterTest {
    private static final String FIRST = "frame {\"C\":\"e-1\",\"M\":[1]}";
    private static final String SECOND = "frame {\"C\":\"e-2\",\"M\":[2]}";
    private static final String EMPTY = "frame {\"C\":\"" + StorySubscription.CURSOR + "\",\"M\":[]}";

    private final TestNode node = new TestNode();
    private ConnectionLoop loop;
    private StorySubscription subscription;

    private ConnectionWriter attached(TransportKind kind) {
        ConnectionWriter writer = unattached(kind);
        subscription = TestNode.attach(loop, node.story);
        writer.attached();
        return writer;
    }

    private ConnectionWriter unattached(TransportKind kind) {
        loop = node.loop(kind);
        return new ConnectionWriter(
                new StoryReceiver(TestNode.CONNECTION, kind, node.story),
                loop,
                new ReceiveFrameEncoder(TestNode.CONNECTION, node.keys, List.of(), Duration.ZERO),
                new CallSequence(node.services),
                node.metrics,
                node.trace);
    }

    private static WireText text(String answer) {
        return WireText.of(answer);
    }

    // --- one write in flight ---

    @Test
    void write_whileAWriteIsInFlight_waitsForItsEnd_andOnlyFramesMakeReady() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.reply(text("a"));
        writer.write(Batches.of("e-1", "1"));
        assertThat(node.news()).containsExactly("answer a");

        writer.written();
        assertThat(node.news()).containsExactly(FIRST);

        writer.written();
        assertThat(node.news()).containsExactly("ready");
    }

    @Test
    void written_withABatchAndAnswersWaiting_writesTheBatchFirst_andTheAnswersInOrder() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.keepAlive();
        writer.reply(text("a"));
        writer.reply(text("b"));
        writer.write(Batches.of("e-1", "1"));

        writer.written();
        writer.written();
        writer.written();
        writer.written();

        assertThat(node.news()).containsExactly("keep-alive", FIRST, "ready", "answer a", "answer b");
    }

    @Test
    void keepAlive_whileAWriteIsInFlight_isSkipped() {
        ConnectionWriter writer = attached(TransportKind.SERVER_SENT_EVENTS);
        writer.write(Batches.of("e-1", "1"));

        writer.keepAlive();
        writer.written();

        assertThat(node.news()).containsExactly(FIRST, "ready");
    }

    @ParameterizedTest
    @EnumSource
    void keepAlive_withAStaleCursor_isAFrame_butForAPollWhichHasOneOnly(TransportKind kind) {
        ConnectionWriter writer = attached(kind);
        subscription.growStale();

        writer.keepAlive();

        assertThat(node.news()).containsExactly(kind == TransportKind.LONG_POLLING ? "keep-alive" : "touch");
    }

    @Test
    void reply_beforeTheAttach_waitsForIt() {
        ConnectionWriter writer = unattached(TransportKind.WEB_SOCKETS);
        writer.reply(text("a"));
        assertThat(node.news()).isEmpty();

        TestNode.attach(loop, node.story);
        writer.attached();

        assertThat(node.news()).containsExactly("answer a");
    }

    @Test
    void replyHere_ofAnIdlePipe_isAtOnce_andTheLoopHearsOfItOnlyIfItWaits() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.replyHere(text("a"));
        writer.written();
        writer.replyHere(text("b"));
        writer.write(Batches.of("e-1", "1"));
        assertThat(node.news()).containsExactly("answer a", "answer b");

        writer.written();

        assertThat(node.news()).containsExactly(FIRST);
    }

    @Test
    void replyHere_whileAnotherAnswerWaits_doesNotOvertakeIt() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.write(Batches.of("e-1", "1"));
        writer.reply(text("a"));
        writer.replyHere(text("b"));

        writer.written();
        writer.written();
        writer.written();
        writer.replyHere(text("c"));

        assertThat(node.news()).containsExactly(FIRST, "ready", "answer a", "answer b", "answer c");
    }

    @Test
    void replyHere_onAnInterruptedThread_isLeftToTheLoop() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        Thread.currentThread().interrupt();
        try {
            writer.replyHere(text("a"));
        } finally {
            assertThat(Thread.interrupted()).as("kept").isTrue();
        }
        writer.replyHere(text("b"));
        assertThat(node.news()).containsExactly("answer a");

        writer.written();

        assertThat(node.news()).as("the write was the loop's").containsExactly("answer b");
    }

    @Test
    void end_whileAWorkerWrites_ofOneWhoGoesOnElsewhere_waitsForTheAnswer() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.replyHere(text("a"));
        writer.endSoon(Ending.TO_RECONNECT);
        assertThat(node.news()).containsExactly("answer a");

        writer.written();

        assertThat(node.news()).containsExactly("end", "close");
    }

    @Test
    void write_ofAPoll_isItsLast() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);

        writer.write(Batches.of("e-1", "1"));
        writer.written();
        writer.write(Batches.of("e-2", "2"));
        writer.keepAlive();

        assertThat(node.news()).containsExactly(FIRST, "close");
    }

    // --- the end ---

    @ParameterizedTest
    @EnumSource(
            value = TransportKind.class,
            names = {"LONG_POLLING"},
            mode = EnumSource.Mode.EXCLUDE)
    void end_ofAStream_isAtOnce_andATimeOutGoesOnListening(TransportKind kind) {
        ConnectionWriter timedOut = attached(kind);
        timedOut.write(Batches.of("e-1", "1"));
        timedOut.endSoon(Ending.TIME_OUT);
        assertThat(node.news()).containsExactly(FIRST, "end", "commands only");

        ConnectionWriter replaced = attached(kind);
        replaced.endSoon(Ending.PLAIN);
        assertThat(node.news()).containsExactly("end", "close");
    }

    @Test
    void end_ofAnIdlePoll_isAnEmptyFrame_andNobodyListensAnyMore() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);

        writer.endSoon(Ending.TIME_OUT);

        assertThat(node.news()).containsExactly(EMPTY, "close");
    }

    @Test
    void end_ofAPollWhosePipeIsGone_goesOnListening() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);
        loop.pipeClosed();

        writer.endSoon(Ending.TIME_OUT);

        assertThat(node.news()).containsExactly(EMPTY, "commands only");
    }

    @Test
    void end_ofAPollToReconnect_tellsItsClient() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);

        writer.endSoon(Ending.TO_RECONNECT);

        assertThat(node.news())
                .containsExactly("frame {\"C\":\"" + StorySubscription.CURSOR + "\",\"T\":1,\"M\":[]}", "close");
    }

    @Test
    void end_ofAPollThatIsBeingKeptAlive_waits_andAHeldBatchGoesFirst() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);
        writer.keepAlive();
        writer.write(Batches.of("e-2", "2"));
        writer.endSoon(Ending.PLAIN);
        assertThat(node.news()).containsExactly("keep-alive");

        writer.written();

        assertThat(node.news()).containsExactly(SECOND, "close");
    }

    @Test
    void endByCommand_ofAPoll_isLeftToTheBatchThatFollows() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);
        writer.endByCommand(Ending.PLAIN);
        assertThat(node.news()).isEmpty();

        writer.write(Batches.of("e-2", "2"));

        assertThat(node.news()).containsExactly(SECOND, "close");
    }

    @Test
    void endByCommand_ofAStream_isAtOnce() {
        ConnectionWriter writer = attached(TransportKind.SERVER_SENT_EVENTS);

        writer.endByCommand(Ending.PLAIN);

        assertThat(node.news()).containsExactly("end", "close");
    }

    @Test
    void end_toReconnect_writesTheAnswersThatAreThereFirst() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.keepAlive();
        writer.reply(text("a"));
        writer.reply(text("b"));
        writer.endSoon(Ending.TO_RECONNECT);
        assertThat(node.news()).containsExactly("keep-alive");

        writer.written();
        writer.written();
        assertThat(node.news()).containsExactly("answer a", "answer b");
        writer.written();
        assertThat(node.news()).containsExactly("end", "close");
    }

    @Test
    void end_ofWhatHasEnded_ceasesToListen_butNotForATimeOut() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);
        writer.pipeClosed();
        writer.endSoon(Ending.TIME_OUT);
        assertThat(node.news()).containsExactly("commands only");

        writer.endSoon(Ending.PLAIN);

        assertThat(node.news()).containsExactly("close");
    }

    @Test
    void pipeClosed_afterTheEndWasAskedFor_closesTheSubscription() {
        ConnectionWriter writer = attached(TransportKind.LONG_POLLING);
        writer.keepAlive();
        writer.endSoon(Ending.PLAIN);
        loop.pipeClosed();

        writer.pipeClosed();

        assertThat(node.news()).containsExactly("keep-alive", "close");
    }

    @Test
    void endSoon_beforeTheAttach_isRemembered() {
        ConnectionWriter writer = unattached(TransportKind.WEB_SOCKETS);

        writer.endSoon(Ending.TO_RECONNECT);

        assertThat(node.news()).isEmpty();
        assertThat(writer.isToEnd()).isTrue();
        assertThat(writer.tellsToReconnect()).isTrue();
    }

    @Test
    void fail_isOnce_andNothingFollows() {
        ConnectionWriter writer = attached(TransportKind.WEB_SOCKETS);

        writer.fail(CloseCodes.INTERNAL_ERROR);
        writer.fail(CloseCodes.INTERNAL_ERROR);
        writer.detached();
        writer.write(Batches.of("e-1", "1"));
        writer.reply(text("a"));
        writer.keepAlive();

        assertThat(node.news()).containsExactly("end 1011 ", "close");
    }

    @Test
    void detached_endsThePipe() {
        ConnectionWriter writer = attached(TransportKind.SERVER_SENT_EVENTS);

        writer.detached();

        assertThat(node.news()).containsExactly("end");
    }
}
