package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionEndpoint;
import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.connection.ConnectionRequest;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hub.HubPipeline.Stages;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.protocol.ConnectionData;
import io.hubwire.signalr.protocol.ConnectionDataException;
import io.hubwire.signalr.protocol.HubRequest;
import io.hubwire.signalr.protocol.HubRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hubs on a mapping: who may take part, which topics that means, and what calls and events come to (protocol §6, §7.1, §8.4, §10.2).
 */
final class HubDispatcher implements ConnectionEndpoint {
    private static final int SERVER_ERROR = 500;

    private final HubRuntime runtime;
    private final HubErrors errors;
    private final HubEvents events;
    private final ProxyFiles proxies;

    HubDispatcher(HubRuntime runtime, HubConfiguration configuration) {
        this.runtime = runtime;
        this.errors =
                new HubErrors(configuration.detailedErrors(), runtime.services().binding());
        this.events = new HubEvents(runtime);
        this.proxies = new ProxyFiles(
                runtime.registry().hubs(), runtime.services().binding(), configuration.javaScriptProxies());
    }

    @Override
    public boolean answer(HostExchange exchange) {
        return proxies.answer(exchange);
    }

    /* --- taking part --- */

    /** The hubs of a request that its user may take part in. */
    private record Participation(List<HubDescriptor> hubs) {

        static List<HubDescriptor> of(ConnectionRequest request) {
            return ((Participation) request.scope()).hubs();
        }
    }

    @Override
    public Admission admit(HostRequest request) {
        List<HubDescriptor> named = new ArrayList<>();
        try {
            for (String name : ConnectionData.parse(request.query().text("connectionData"))) {
                Optional<HubDescriptor> hub = runtime.registry().find(name);
                if (hub.isEmpty()) {
                    runtime.services().metrics().countError(Counter.ERRORS_HUB_RESOLUTION);
                    return new Admission.Malformed(SERVER_ERROR, "'" + name + "' Hub could not be resolved.");
                }
                named.add(hub.get());
            }
        } catch (ConnectionDataException e) {
            countIf(e.isOverLimit(), Limit.CONNECTION_DATA);
            return new Admission.Malformed(SERVER_ERROR, e.getMessage());
        }
        return authorize(named, request);
    }

    private Admission authorize(List<HubDescriptor> named, HostRequest request) {
        Stages stages = runtime.stages();
        List<HubDescriptor> authorized = runtime.services().activator().around(() -> named.stream()
                .filter(hub -> stages.authorizeConnect().test(hub, request))
                .toList());
        return authorized.isEmpty() && !named.isEmpty()
                ? new Admission.Denied()
                : new Admission.Granted(new Participation(authorized));
    }

    @Override
    public List<String> signals(ConnectionRequest request) {
        Optional<String> user = runtime.services()
                .users()
                .userId(request.host().user().orElse(null))
                .filter(id -> !id.isEmpty());
        List<String> signals = new ArrayList<>();
        for (HubDescriptor hub : Participation.of(request)) {
            signals.add(Signals.hub(hub.name()));
            signals.add(Signals.connection(hub.name(), request.connectionId()));
            user.ifPresent(id -> signals.add(Signals.user(hub.name(), id)));
        }
        return signals;
    }

    @Override
    public List<String> rejoin(ConnectionRequest request, List<String> groups) {
        return runtime.services().activator().around(() -> rejoinEach(request, groups));
    }

    private List<String> rejoinEach(ConnectionRequest request, List<String> groups) {
        List<String> rejoined = new ArrayList<>();
        for (HubDescriptor hub : Participation.of(request)) {
            Map<String, String> signalsByGroup = groupsOf(hub, groups);
            List<String> names = List.copyOf(signalsByGroup.keySet());
            for (String name : runtime.stages().rejoiningGroups().rejoin(hub, request.host(), names)) {
                String signal = signalsByGroup.remove(name);
                if (signal != null) {
                    rejoined.add(signal);
                }
            }
        }
        return rejoined;
    }

    private static Map<String, String> groupsOf(HubDescriptor hub, List<String> signals) {
        String prefix = Signals.groupPrefix(hub.name());
        Map<String, String> signalsByGroup = new HashMap<>();
        for (String signal : signals) {
            if (signal.regionMatches(true, 0, prefix, 0, prefix.length())) {
                signalsByGroup.put(signal.substring(prefix.length()), signal);
            }
        }
        return signalsByGroup;
    }

    /* --- events --- */

    @Override
    public CompletionStage<?> onConnected(ConnectionRequest request) {
        return events.raise(
                Participation.of(request),
                RequestCallerContext.of(request),
                runtime.stages().connect());
    }

    @Override
    public CompletionStage<?> onReconnected(ConnectionRequest request) {
        return events.raise(
                Participation.of(request),
                RequestCallerContext.of(request),
                runtime.stages().reconnect());
    }

    @Override
    public CompletionStage<?> onDisconnected(ConnectionRequest request, boolean stopCalled) {
        return events.raise(Participation.of(request), RequestCallerContext.of(request), context -> runtime.stages()
                .disconnect()
                .apply(context, stopCalled));
    }

    @Override
    public CompletionStage<?> onGap(ConnectionRequest request, ConnectionGap gap) {
        return events.raise(
                Participation.of(request),
                new RequestCallerContext(request, Optional.of(gap)),
                context -> context.instance().onGap(gap));
    }

    /* --- calls --- */

    @Override
    public CompletionStage<Optional<byte[]>> onReceived(ConnectionRequest request, String data) {
        HubRequest call;
        try {
            call = HubRequest.parse(data);
        } catch (HubRequestException e) {
            countIf(e.isOverLimit(), Limit.HUB_CALL);
            return CompletableFuture.failedStage(e);
        }
        Optional<HubDescriptor> hub = runtime.registry().find(call.hub());
        CompletionStage<byte[]> response = hub.isPresent()
                ? new HubInvocation(runtime, errors, hub.get(), call).run(RequestCallerContext.of(request))
                : unknown(call);
        return response.thenApply(Optional::of);
    }

    private void countIf(boolean overLimit, Limit limit) {
        if (overLimit) {
            runtime.services().metrics().refused(limit);
        }
    }

    private CompletionStage<byte[]> unknown(HubRequest call) {
        runtime.services().metrics().increment(Counter.ERRORS_HUB_RESOLUTION);
        return CompletableFuture.failedStage(
                new IllegalArgumentException("'" + call.hub() + "' Hub could not be resolved."));
    }
}
