package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionEndpoint;
import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.connection.ConnectionRequest;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.TransportKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Hubs on a mapping, with everything around them in memory. */
final class HubKit {
    static final String CONNECTION = "11111111-2222-3333-4444-555555555555";

    private final RecordingPublisher publisher = new RecordingPublisher();
    private final Metrics metrics = new Metrics();
    private final Map<Object, Object> items = new ConcurrentHashMap<>();
    private final HubDeployment deployment;
    private final ConnectionEndpoint endpoint;

    private HubKit(HubConfiguration configuration, HubActivator activator, Executor workers, List<Class<?>> hubs) {
        this(configuration, activator, ArgumentValidator.none(), workers, hubs);
    }

    private HubKit(
            HubConfiguration configuration,
            HubActivator activator,
            ArgumentValidator validator,
            Executor workers,
            List<Class<?>> hubs) {
        this.deployment = new HubDeployment(
                HubRegistry.of(hubs),
                new HubServices(
                        publisher,
                        activator,
                        JsonBinding.standard(),
                        validator,
                        UserIdProvider.principalName(),
                        metrics,
                        workers,
                        TraceSources.unheard()));
        this.endpoint = deployment.endpoint(configuration);
    }

    static HubKit of(Class<?>... hubs) {
        return new HubKit(HubConfiguration.defaults(), HubActivator.reflective(), Runnable::run, List.of(hubs));
    }

    static HubKit detailed(Class<?>... hubs) {
        return new HubKit(
                new HubConfiguration(true, true, false), HubActivator.reflective(), Runnable::run, List.of(hubs));
    }

    static HubKit validating(ArgumentValidator validator, Class<?>... hubs) {
        return new HubKit(
                HubConfiguration.defaults(), HubActivator.reflective(), validator, Runnable::run, List.of(hubs));
    }

    static HubKit with(HubConfiguration configuration, Class<?>... hubs) {
        return new HubKit(configuration, HubActivator.reflective(), Runnable::run, List.of(hubs));
    }

    /** For benchmarks: nothing is kept of what is published. */
    static HubKit forgetting(Class<?>... hubs) {
        HubKit kit = of(hubs);
        kit.publisher.forget();
        return kit;
    }

    static HubKit with(HubActivator activator, Executor workers, Class<?>... hubs) {
        return new HubKit(HubConfiguration.defaults(), activator, workers, List.of(hubs));
    }

    RecordingPublisher publisher() {
        return publisher;
    }

    Metrics metrics() {
        return metrics;
    }

    HubDeployment deployment() {
        return deployment;
    }

    ConnectionEndpoint endpoint() {
        return endpoint;
    }

    /** A request of {@link #CONNECTION} for these hubs. */
    ConnectionRequest request(String... hubs) {
        return request(FakeRequest.withHubs(hubs));
    }

    ConnectionRequest request(HostRequest host) {
        Admission.Granted granted = (Admission.Granted) endpoint.admit(host);
        return new ConnectionRequest(
                host, CONNECTION, TransportKind.LONG_POLLING, granted.scope(), items, Optional.empty());
    }

    /** The response to a call that is answered at once. */
    String call(String data) {
        return response(receive(data));
    }

    /** A call, by a client that takes part in no hub (protocol §6.1). */
    CompletableFuture<Optional<byte[]>> receive(String data) {
        return endpoint.onReceived(request(), data).toCompletableFuture();
    }

    static String response(CompletableFuture<Optional<byte[]>> answer) {
        return new String(answer.join().orElseThrow(), StandardCharsets.UTF_8);
    }
}
