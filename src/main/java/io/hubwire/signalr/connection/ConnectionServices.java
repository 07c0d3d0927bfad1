package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.security.RateLimit;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.TransportConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of one server share.
 *
 * @param keys protects connection and groups tokens
 * @param workers runs user code, which may block; may refuse with {@link java.util.concurrent.RejectedExecutionException}
 * @param callRate by connection id; empty for no limit
 * @param calls that are not answered yet
 * @param blockedReaders counts container threads that wait for a free call
 */
public record ConnectionServices(
        MessageBus bus,
        Heartbeat heartbeat,
        Executor workers,
        KeyRing keys,
        OriginPolicy origins,
        NegotiateRedirector redirector,
        TransportConfig transports,
        ConnectionConfig limits,
        Metrics metrics,
        Optional<RateLimit> callRate,
        CallsInFlight calls,
        AtomicInteger blockedReaders,
        TraceSources tracing) {

    /**
     * Counts a call of a connection.
     *
     * @return how long until it may call again, when this is one too many; that has been counted as a refusal
     */
    Optional<Duration> overCallRate(String connectionId) {
        Optional<Duration> wait = callRate.flatMap(rate -> rate.use(connectionId));
        wait.ifPresent(refused -> metrics.refused(Limit.CALL_RATE));
        return wait;
    }

    /** For the peer whose call was one too many. */
    String callRateText() {
        return "A connection may make at most "
                + callRate.map(RateLimit::most).map(String::valueOf).orElse("any number of") + " calls a second.";
    }

    /** Counts what went wrong with one connection, and keeps it among the recent errors. */
    void connectionError(String what, Throwable cause) {
        metrics.error(Counter.ERRORS_ALL, "SignalR.Connection", what, cause);
    }
}
