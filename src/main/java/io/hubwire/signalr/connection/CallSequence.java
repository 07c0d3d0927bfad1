package io.hubwire.signalr.connection;

import io.hubwire.signalr.concurrent.SerialExecutor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The calls of one WebSocket: started one after another in the order in which they came, each when the synchronous part of the one before is done
 * (protocol §4.5), and bounded by a {@link CallGate}.
 */
final class CallSequence {
    private final CallGate gate;
    private final SerialExecutor serial;

    CallSequence(ConnectionServices services) {
        int most = services.limits().maxCallsInFlight();
        this.gate =
                new CallGate(most, services.blockedReaders(), services.limits().maxBlockedReaders());
        // One more than the gate lets in: a call whose answer was written has left, but its turn may not be over yet.
        this.serial = new SerialExecutor(services.workers(), most + 1);
    }

    /** May block, see {@link CallGate#enter}. */
    CallGate.Entry enter() {
        return gate.enter();
    }

    /** @param refused runs instead when no worker can be had */
    void run(Runnable call, Runnable refused) {
        try {
            serial.execute(call);
        } catch (RejectedExecutionException full) {
            gate.leave();
            refused.run();
        }
    }

    void leave() {
        gate.leave();
    }

    void close() {
        gate.close();
    }
}
