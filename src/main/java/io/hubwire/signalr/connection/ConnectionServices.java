package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.security.KeyRing;
import io.hubwire.signalr.security.OriginPolicy;
import io.hubwire.signalr.transport.Heartbeat;
import io.hubwire.signalr.transport.TransportConfig;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of one server share.
 *
 * @param keys protects connection and groups tokens
 * @param workers runs user code, which may block; may refuse with {@link java.util.concurrent.RejectedExecutionException}
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
        AtomicInteger blockedReaders) {}
