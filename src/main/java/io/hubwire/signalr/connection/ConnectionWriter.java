package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.TransportKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides what a receive request writes next, and when it has written its last: at most one write is in flight, and a poll has one frame.
 *
 * <p>While a write is in flight, a batch that has come is held (there is never a second one), and answers to calls queue up to the number of calls in
 * flight. Due after a write are the held batch, then the end that was asked for, then the answers. Confined to the connection's loop unless a method says otherwise.
 * An answer that finds the pipe idle does not wake the loop, see {@link WriteTurn}; it overtakes no other.
 */
final class ConnectionWriter {
    private final Receiver receiver;
    private final ConnectionLoop loop;
    private final ReceiveFrameEncoder frames;
    private final CallSequence calls;
    private final Metrics metrics;
    private final ConnectionTrace trace;
    private final boolean poll;

    private final WriteTurn turn = new WriteTurn();
    private final AtomicInteger answersOnLoop = new AtomicInteger(); // not written yet
    private volatile Ending asked = Ending.NONE; // also remembers an end that came before the attach

    // --- loop only ---
    private final Deque<WireText> replies = new ArrayDeque<>();
    private Batch held;
    private boolean frameInFlight;
    private volatile boolean ended; // written on the loop

    /** @param calls those that the replies answer: one leaves as its answer is written, or dropped */
    ConnectionWriter(
            Receiver receiver,
            ConnectionLoop loop,
            ReceiveFrameEncoder frames,
            CallSequence calls,
            Metrics metrics,
            ConnectionTrace trace) {
        this.receiver = receiver;
        this.loop = loop;
        this.frames = frames;
        this.calls = calls;
        this.metrics = metrics;
        this.trace = trace;
        this.poll = receiver.kind() == TransportKind.LONG_POLLING;
    }

    /** Asks for the end; any thread, any time. Who asks before the attach is heard there, by {@link #isToEnd}. */
    void endSoon(Ending ending) {
        asked = ending;
        loop.executeIfAttached(() -> end(ending));
    }

    /** Any thread. */
    boolean isToEnd() {
        return asked != Ending.NONE;
    }

    /** Any thread. The frame of a poll says so; a stream says its last words first. */
    boolean tellsToReconnect() {
        return asked == Ending.TO_RECONNECT;
    }

    void write(Batch batch) {
        if (turn.takeOnLoop()) {
            writeFrame(batch);
        } else {
            held = batch;
        }
    }

    private void writeFrame(Batch batch) {
        if (ended) {
            turn.free();
            return;
        }
        frameInFlight = true;
        metrics.add(Counter.CONNECTION_MESSAGES_RECEIVED, batch.messages().size());
        trace.frame(receiver, batch);
        WireText frame = frames.encode(batch, loop.subscription(), poll && tellsToReconnect());
        ended = poll;
        loop.transport().send(frame);
        if (poll) {
            loop.subscription().close();
        }
    }

    /** Skipped while something is being written. A stream whose cursor grows stale gets an empty frame instead. */
    void keepAlive() {
        if (ended || turn.isTaken()) {
            return;
        }
        if (!poll && loop.subscription().cursorIsStale()) {
            loop.subscription().touch();
        } else if (turn.takeOnLoop()) {
            trace.keepAlive(receiver);
            loop.transport().keepAlive();
        }
    }

    /** Answers a call: at once if the pipe is idle, otherwise as {@link #reply}. For the thread that ran the call. */
    void replyHere(WireText response) {
        if (mayWriteHere() && turn.takeOnWorker()) {
            writeHere(response);
        } else {
            reply(response);
        }
    }

    /** What fails does so on the loop, as any other write: the connection ends, rather than wait for a turn that nobody gives back. */
    private void writeHere(WireText response) {
        try {
            write(response);
        } catch (RuntimeException | Error failure) {
            loop.execute(() -> {
                throw failure;
            });
        }
    }

    /** A channel closes when an interrupted thread writes to it, and user code may leave its thread interrupted. What is to end goes on where it ends. */
    private boolean mayWriteHere() {
        return loop.isAttached()
                && answersOnLoop.get() == 0
                && !ended
                && !isToEnd()
                && !Thread.currentThread().isInterrupted();
    }

    /** Answers a call on the loop; waits for the attach, and for its turn. Any thread. */
    void reply(WireText response) {
        answersOnLoop.incrementAndGet();
        loop.execute(() -> replyOnLoop(response));
    }

    private void replyOnLoop(WireText response) {
        if (ended) {
            calls.leave();
        } else if (loop.isAttached() && turn.takeOnLoop()) {
            writeReply(response);
        } else {
            replies.add(response);
        }
    }

    /** Begins with the answers that waited for the attach. */
    void attached() {
        writeNextReply();
    }

    private void writeNextReply() {
        if (!ended && !replies.isEmpty() && turn.takeOnLoop()) {
            writeReply(replies.remove());
        }
    }

    private void writeReply(WireText response) {
        answersOnLoop.decrementAndGet();
        write(response);
    }

    private void write(WireText response) {
        calls.leave();
        trace.reply(receiver, response);
        loop.transport().reply(response);
    }

    /** The write in flight has gone out; any thread. */
    void written() {
        if (turn.written()) {
            loop.execute(this::goOn);
        }
    }

    private void goOn() {
        turn.free();
        if (frameInFlight) {
            frameInFlight = false;
            loop.subscription().ready();
        }
        if (ended) {
            return;
        }
        if (held != null) { // before an ending: the cursor of a poll's last frame counts it as delivered
            Batch batch = held;
            held = null;
            write(batch);
        } else if (isToEnd() && !hasLastWords()) {
            endAsAsked();
        } else {
            writeNextReply();
        }
    }

    /** Who is told to go on elsewhere gets the answers that are there, since nobody else will give them; one that a worker is about to write is among them. */
    private boolean hasLastWords() {
        return tellsToReconnect() && (!replies.isEmpty() || turn.awaitWorker());
    }

    /** Answers a poll with an empty frame, ends a stream; at once, or when the write in flight is done. What has ended waits for no command any more. */
    void end(Ending ending) {
        asked = ending;
        if (ended) {
            if (ending != Ending.TIME_OUT) {
                loop.subscription().close();
            }
        } else if (!poll || !turn.isTaken()) {
            endOrSayLastWords();
        }
    }

    /** The same as was asked for before the attach. */
    void endAsAsked() {
        end(asked);
    }

    private void endOrSayLastWords() {
        if (hasLastWords()) {
            writeNextReply();
            return;
        }
        ended = true;
        if (poll) {
            turn.takeOnLoop();
            loop.transport().send(frames.encodeEmpty(loop.subscription(), tellsToReconnect()));
        } else {
            loop.transport().end();
        }
        listenOrClose();
    }

    /** The same by a command: the batch that follows it makes the last frame of a poll, with a cursor beyond it. */
    void endByCommand(Ending ending) {
        if (poll && !ended) {
            asked = ending;
        } else {
            end(ending);
        }
    }

    /** The pipe is gone: what follows is heard (protocol §5.5), unless the end has been asked for already. */
    void pipeClosed() {
        if (!ended) {
            ended = true;
            listenOrClose();
        }
    }

    private void listenOrClose() {
        boolean answered = poll && !loop.isPipeClosed();
        if (!isToEnd() || (asked == Ending.TIME_OUT && !answered)) {
            loop.subscription().failed();
        } else {
            loop.subscription().close();
        }
    }

    /** Ends with an error. */
    void fail(int closeCode) {
        if (!ended) {
            ended = true;
            loop.transport().end(closeCode, "");
            loop.subscription().close();
        }
    }

    /** The subscription has ended, and with it the pipe. */
    void detached() {
        if (!ended) {
            ended = true;
            loop.transport().end();
        }
    }
}
