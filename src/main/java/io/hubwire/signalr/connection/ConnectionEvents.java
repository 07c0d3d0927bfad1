package io.hubwire.signalr.connection;

import io.hubwire.signalr.concurrent.SerialExecutor;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.TransportSession;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Raises the life-cycle events of one receive request on workers, in the order in which they came, so that a reconnect is told before the disconnect that
 * follows it. Any thread; never blocks. An event holds the request's scope until it is over. One that finds no worker is dropped, and the connection ends.
 */
final class ConnectionEvents {
    private static final int MOST_EVENTS = 64; // more are waiting only if the hub is slow and losing messages

    private final ConnectionEndpoint endpoint;
    private final ConnectionServices services;
    private final ConnectionTrace trace;
    private final Receiver receiver;
    private final ConnectionLoop loop;
    private final ScopeHolds holds;
    private final SerialExecutor serial;

    ConnectionEvents(
            ConnectionEndpoint endpoint,
            ConnectionServices services,
            ConnectionTrace trace,
            Receiver receiver,
            ConnectionLoop loop,
            ScopeHolds holds) {
        this.endpoint = endpoint;
        this.services = services;
        this.trace = trace;
        this.receiver = receiver;
        this.loop = loop;
        this.holds = holds;
        this.serial = new SerialExecutor(services.workers(), MOST_EVENTS);
    }

    /**
     * Raises the connect event, unless an earlier request of this client has.
     *
     * @param over hears of its end in either case: of null, or of what went wrong
     */
    void connected(ConnectionRequest request, TransportSession session, Consumer<Throwable> over) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        Optional<CompletionStage<?>> first = session.connecting(mine);
        first.orElse(mine).whenComplete((done, failure) -> over.accept(failure));
        if (first.isEmpty()) {
            raiseConnected(request, mine);
        }
    }

    private void raiseConnected(ConnectionRequest request, CompletableFuture<Void> connected) {
        raise(() -> endpoint.onConnected(request), failure -> {
            if (failure == null) {
                services.metrics().increment(Counter.CONNECTIONS_CONNECTED);
                trace.connection(receiver, "has connected");
                connected.complete(null);
            } else {
                connected.completeExceptionally(failure);
            }
        });
    }

    /** @param failed hears of what went wrong, if anything */
    void reconnected(ConnectionRequest request, Consumer<Throwable> failed) {
        services.metrics().increment(Counter.CONNECTIONS_RECONNECTED);
        trace.connection(receiver, "has reconnected");
        raise(() -> endpoint.onReconnected(request), failure -> {
            if (failure != null) {
                failed.accept(failure);
            }
        });
    }

    /**
     * The last event.
     *
     * @param stopCalled false when the client did not come back
     */
    void disconnected(ConnectionRequest request, boolean stopCalled, Runnable over) {
        trace.connection(
                receiver, stopCalled ? "has disconnected: it was stopped" : "has disconnected: it did not come back");
        raise(() -> endpoint.onDisconnected(request, stopCalled), failure -> {
            services.metrics().increment(Counter.CONNECTIONS_DISCONNECTED);
            logIfFailed("onDisconnected", failure);
            over.run();
        });
    }

    /** Messages of this client are lost. */
    void gap(ConnectionRequest request, ConnectionGap gap) {
        trace.connections()
                .log(Level.INFO, () -> "Connection " + receiver.connectionId() + " has lost messages: " + gap);
        services.metrics().increment(Counter.CONNECTION_GAPS);
        raise(() -> endpoint.onGap(request, gap), failure -> logIfFailed("onGap", failure));
    }

    /** @param failure null when nothing went wrong */
    void logIfFailed(String event, Throwable failure) {
        if (failure != null) {
            trace.connections().log(Level.DEBUG, () -> event + " failed", failure);
            services.connectionError(event + " failed", failure);
        }
    }

    /** @param done hears null or what went wrong, on whatever thread completed the event */
    private void raise(Supplier<CompletionStage<?>> event, Consumer<Throwable> done) {
        holds.take();
        Consumer<Throwable> over = failure -> {
            done.accept(failure);
            holds.release();
        };
        try {
            serial.execute(() -> Stages.start(event).whenComplete((result, failure) -> over.accept(failure)));
        } catch (RejectedExecutionException full) {
            drop(full);
            over.accept(full);
        }
    }

    private void drop(RejectedExecutionException full) {
        trace.connections()
                .log(
                        Level.WARNING,
                        "An event of connection " + receiver.connectionId() + " was dropped: all workers are busy.");
        services.connectionError("An event was dropped: all workers are busy", full);
        services.metrics().refused(Limit.WORKERS);
        loop.refuse(CloseCodes.TRY_AGAIN_LATER, "The server is too busy.");
    }
}
