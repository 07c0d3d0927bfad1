package io.hubwire.signalr.connection;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.transport.TransportKind;
import java.util.concurrent.atomic.AtomicReference;

/** Counts one receive request among the current connections: at most once, and whether its peer leaves before, while or after its transport opens. Any thread. */
final class CurrentConnection {

    private enum State {
        NOT_YET,
        COUNTED,
        OVER
    }

    private final Metrics metrics;
    private final TransportKind kind;
    private final AtomicReference<State> state = new AtomicReference<>(State.NOT_YET);

    CurrentConnection(Metrics metrics, TransportKind kind) {
        this.metrics = metrics;
        this.kind = kind;
    }

    void opened() {
        if (state.compareAndSet(State.NOT_YET, State.COUNTED)) {
            metrics.increment(Gauge.CONNECTIONS_CURRENT);
            metrics.increment(gauge());
        }
    }

    /**
     * The pipe is gone.
     *
     * @param clean false counts an error of the transport
     * @return true for the first caller
     */
    boolean closed(boolean clean) {
        State before = state.getAndSet(State.OVER);
        if (!clean && before != State.OVER) {
            metrics.countError(Counter.ERRORS_TRANSPORT);
        }
        if (before == State.COUNTED) {
            metrics.decrement(Gauge.CONNECTIONS_CURRENT);
            metrics.decrement(gauge());
        }
        return before != State.OVER;
    }

    private Gauge gauge() {
        return switch (kind) {
            case WEB_SOCKETS -> Gauge.CONNECTIONS_CURRENT_WEB_SOCKETS;
            case SERVER_SENT_EVENTS -> Gauge.CONNECTIONS_CURRENT_SERVER_SENT_EVENTS;
            case FOREVER_FRAME -> Gauge.CONNECTIONS_CURRENT_FOREVER_FRAME;
            case LONG_POLLING -> Gauge.CONNECTIONS_CURRENT_LONG_POLLING;
        };
    }
}
