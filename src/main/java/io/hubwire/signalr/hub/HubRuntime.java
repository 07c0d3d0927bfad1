package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.HubPipeline.Stages;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.protocol.ClientInvocation;
import io.hubwire.signalr.protocol.RawJson;
import io.hubwire.signalr.tracing.SourceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What the calls, the events and the contexts of a deployment's hubs share. */
final class HubRuntime {

    private final HubRegistry registry;
    private final HubServices services;
    private final Logger trace;
    private final DeclaredAuthorization authorization;
    private final HubPipeline pipeline;
    private final Map<Class<?>, ClientContract<?>> contracts = new ConcurrentHashMap<>(); // one a clients' interface
    private final Stages innermost;

    HubRuntime(HubRegistry registry, HubServices services) {
        this.registry = registry;
        this.services = services;
        this.trace = services.tracing().of(SourceName.HUB_DISPATCHER);
        registry.hubs()
                .forEach(hub -> services.metrics().calls(hub.name())); // there from the start, with nothing to tell
        this.innermost = Stages.innermost(services.validator(), this::publish);
        this.authorization = new DeclaredAuthorization(registry.hubs(), services.activator());
        this.pipeline = new HubPipeline(services.activator(), services.tracing()).addModule(authorization);
    }

    HubRegistry registry() {
        return registry;
    }

    HubServices services() {
        return services;
    }

    /** The source of what happens to hubs. */
    Logger trace() {
        return trace;
    }

    HubPipeline pipeline() {
        return pipeline;
    }

    /** The roles that hubs and methods name in their annotations. */
    Set<String> roles() {
        return authorization.roles();
    }

    /** The pipeline, from now on closed for modules. */
    Stages stages() {
        return pipeline.stages(innermost);
    }

    /**
     * Makes an instance and tells it who calls.
     *
     * @throws RuntimeException when it cannot be made
     */
    HubActivator.Activation activate(HubDescriptor hub, HubCallerContext caller, StateTracker state) {
        HubActivator.Activation activation = services.activator().activate(hub.type());
        enter(activation.hub(), hub, caller, state);
        return activation;
    }

    /** Disposes of an instance; what goes wrong then changes nothing for the client. */
    void release(HubDescriptor hub, HubActivator.Activation activation) {
        try {
            activation.release();
        } catch (RuntimeException | LinkageError e) {
            trace.log(Level.WARNING, "A hub could not be disposed of: " + hub, e);
            services.metrics()
                    .error(Counter.ERRORS_ALL, "SignalR.HubDispatcher", hub.name() + " could not be disposed of", e);
        }
    }

    private <C> void enter(HubBase<C> instance, HubDescriptor hub, HubCallerContext caller, StateTracker state) {
        if (instance instanceof Hub dynamic) {
            dynamic.enter(new HubScope<>(
                    caller,
                    new StatefulCallerClients(hub.name(), caller.connectionId(), state, this::send),
                    groups(hub)));
        } else {
            ClientContract<C> contract = contract(clientType(hub));
            instance.enter(new HubScope<>(
                    caller,
                    new SignalCallerClients<>(hub.name(), caller.connectionId(), state, this::send, contract::over),
                    groups(hub)));
        }
    }

    /** A hub's clients from outside a call, called as the hub itself calls them. */
    <C> HubContext<C> context(HubDescriptor hub) {
        return context(hub, clientType(hub));
    }

    /** A hub's clients from outside a call, called through {@code clientType}, or by name if that is {@link ClientProxy}. */
    <C> HubContext<C> context(HubDescriptor hub, Class<C> clientType) {
        return new OutsideContext<>(
                new SignalClients<>(hub.name(), this::send, contract(clientType)::over), groups(hub));
    }

    /** How clients are called through an interface. */
    @SuppressWarnings("unchecked") // of(type) is what the map holds for the type
    <C> ClientContract<C> contract(Class<C> clientType) {
        return (ClientContract<C>) contracts.computeIfAbsent(clientType, ClientContract::of);
    }

    private GroupManager groups(HubDescriptor hub) {
        return new SignalGroups(hub.name(), services.publisher());
    }

    @SuppressWarnings("unchecked") // C is what the hub's class gives to HubBase, and so is the descriptor's client type
    private static <C> Class<C> clientType(HubDescriptor hub) {
        return (Class<C>) hub.clientType();
    }

    private CompletionStage<Void> send(HubOutgoingContext call) {
        trace.log(
                Level.TRACE,
                () -> "calls " + call.hub() + "." + call.method() + " of clients: "
                        + call.arguments().size() + " arguments, "
                        + call.signals().size() + " signals");
        return stages().outgoing().apply(call);
    }

    /** Serialized once, whatever the number of signals; here and now, so that later changes to an argument are not seen. */
    private CompletionStage<Void> publish(HubOutgoingContext call) {
        List<RawJson> arguments =
                call.arguments().stream().map(services.binding()::write).toList();
        byte[] payload = new ClientInvocation(
                        call.hub(), call.method(), arguments, call.state().orElse(null))
                .toUtf8();
        if (call.signals().size() == 1) {
            return services.publisher().publish(call.signals().get(0), payload, call.exclusions());
        }
        return CompletableFuture.allOf(call.signals().stream()
                .map(signal -> services.publisher().publish(signal, payload, call.exclusions()))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }

    private record OutsideContext<C>(HubClients<C> clients, GroupManager groups) implements HubContext<C> {}
}
