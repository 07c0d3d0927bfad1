package io.hubwire.push.boot;

import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.service.Refusals;
import io.hubwire.push.service.ServerControl;
import io.hubwire.signalr.metrics.micrometer.SignalRMeters;
import io.hubwire.signalr.operations.ServerOperations;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** The deployment's own SignalR server; asked for when somebody needs it, since it starts after the beans. Owns a meter registry. */
final class SignalRControl implements ServerControl, Refusals, AutoCloseable {
    private final Supplier<ServerOperations> server;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private boolean bound; // guarded by this

    SignalRControl(Supplier<ServerOperations> server) {
        this.server = server;
    }

    @Override
    public boolean isDraining() {
        return server.get().isDraining();
    }

    @Override
    public void drain() {
        server.get().drain();
    }

    @Override
    public void refused(PushLimit limit) {
        server.get().metrics().refused(limit.displayName());
    }

    @Override
    public String prometheusText() {
        bindOnce();
        return registry.scrape();
    }

    private synchronized void bindOnce() {
        if (!bound) {
            new SignalRMeters(server.get().metrics()).bindTo(registry);
            bound = true;
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
