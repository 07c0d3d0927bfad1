package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.SignalPublisher;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.TraceSources;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * What the hubs of a deployment need from outside.
 *
 * @param publisher the way to clients
 * @param activator makes hub instances
 * @param binding arguments and results
 * @param validator refuses arguments
 * @param users names users
 * @param metrics counts errors
 * @param workers runs life-cycle events of several hubs at a time; may refuse with {@link java.util.concurrent.RejectedExecutionException}
 * @param tracing hears what an operator may want to know
 */
public record HubServices(
        SignalPublisher publisher,
        HubActivator activator,
        JsonBinding binding,
        ArgumentValidator validator,
        UserIdProvider users,
        Metrics metrics,
        Executor workers,
        TraceSources tracing) {

    public HubServices {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(activator, "activator");
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(validator, "validator");
        Objects.requireNonNull(users, "users");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(workers, "workers");
        Objects.requireNonNull(tracing, "tracing");
    }
}
