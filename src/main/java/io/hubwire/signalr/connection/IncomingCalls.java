package io.hubwire.signalr.connection;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import java.lang.System.Logger.Level;

/**
 * The calls that come over one WebSocket: admits each or ends the connection, has it run on a worker, and hands its answer to the writer (protocol §4.5).
 * A call holds the request's scope until it is over.
 */
final class IncomingCalls {
    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final ConnectionTrace trace;
    private final ConnectionLoop loop;
    private final ScopeHolds holds;
    private final CallSequence sequence;
    private final ConnectionWriter writer;

    IncomingCalls(
            ConnectionEndpoint endpoint,
            ConnectionServices services,
            ConnectionTrace trace,
            ConnectionLoop loop,
            ScopeHolds holds,
            CallSequence sequence,
            ConnectionWriter writer) {
        this.endpoint = endpoint;
        this.services = services;
        this.trace = trace;
        this.loop = loop;
        this.holds = holds;
        this.sequence = sequence;
        this.writer = writer;
    }

    /** A call has come, one after another; waits for a free place, which stops the reading of the socket. */
    void received(ConnectionRequest request, String data) {
        services.metrics().increment(Counter.CONNECTION_MESSAGES_SENT);
        if (services.overCallRate(request.connectionId()).isPresent()) {
            loop.refuse(CloseCodes.POLICY_VIOLATION, services.callRateText());
            return;
        }
        switch (sequence.enter()) {
            case ADMITTED -> begin(request, data);
            case OVERLOADED -> refuseToWait();
            case CLOSED -> trace.connections().log(Level.DEBUG, "A call came after the end of its connection.");
        }
    }

    /** Lets a reader that waits go; calls under way end by themselves. Idempotent. */
    void close() {
        sequence.close();
    }

    private void begin(ConnectionRequest request, String data) {
        holds.take();
        Registration inFlight = services.calls().begin(request.connectionId());
        sequence.run(() -> run(request, data, inFlight), () -> {
            inFlight.close();
            noWorker();
        });
    }

    private void run(ConnectionRequest request, String data, Registration inFlight) {
        Caller caller = new Caller();
        long entries = services.bus().entries();
        Stages.start(() -> endpoint.onReceived(request, data)).whenComplete((answer, failure) -> {
            holds.release();
            if (failure != null) {
                failed(failure);
            } else if (answer.isPresent()) {
                answer(WireText.ofUtf8(answer.get()), caller, entries);
            } else {
                sequence.leave();
            }
            inFlight.close(); // whoever ends the connection for want of calls comes after the answer
        });
        caller.goesOn();
    }

    /**
     * Whoever completes a stage of user code may hold locks of user code, and is not to write. What the call may have sent, its progress above all, is on its way to the loop,
     * and the answer follows it there (protocol §6.7).
     */
    private void answer(WireText response, Caller caller, long entries) {
        if (caller.isHere() && services.bus().entries() == entries) {
            writer.replyHere(response);
        } else {
            writer.reply(response);
        }
    }

    private void failed(Throwable failure) {
        trace.connections()
                .log(
                        Level.DEBUG,
                        "A call over a WebSocket failed; its sender is not answered (protocol §1.4).",
                        failure);
        services.connectionError("A call over a WebSocket failed", failure);
        sequence.leave();
        if (isUnserializable(failure)) {
            loop.refuse(CloseCodes.INTERNAL_ERROR, "A result could not be serialized.");
        }
    }

    private static boolean isUnserializable(Throwable failure) {
        return failure instanceof UnserializableResultException
                || failure.getCause() instanceof UnserializableResultException;
    }

    private void refuseToWait() {
        services.metrics().refused(Limit.BLOCKED_READERS);
        loop.refuse(
                CloseCodes.TRY_AGAIN_LATER,
                "At most " + services.limits().maxBlockedReaders() + " connections may wait for their calls.");
    }

    private void noWorker() {
        holds.release();
        services.metrics().refused(Limit.WORKERS);
        loop.refuse(CloseCodes.TRY_AGAIN_LATER, "The server is too busy.");
    }

    /** The thread that runs a call, until it is done with it: the next call that it runs may complete the stage of this one. */
    private static final class Caller {
        private final Thread thread = Thread.currentThread();
        private boolean gone; // of that thread only

        void goesOn() {
            gone = true;
        }

        boolean isHere() {
            return Thread.currentThread() == thread && !gone;
        }
    }
}
