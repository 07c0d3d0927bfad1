package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.tracing.TraceSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The modules that step in on hub calls and events of a deployment, the first added outermost (protocol §11). Modules are added at start-up, from any
 * thread, until the pipeline is used for the first time.
 */
public final class HubPipeline {
    private final HubActivator activator;
    private final TraceSources tracing;
    private final List<Supplier<HubPipelineModule>> modules = new ArrayList<>(); // guarded by this
    private boolean invoked; // guarded by this
    private final AtomicReference<Stages> stages = new AtomicReference<>();

    /**
     * @param activator makes the modules that are added by class
     * @param tracing for those that trace
     */
    HubPipeline(HubActivator activator, TraceSources tracing) {
        this.activator = activator;
        this.tracing = tracing;
    }

    /**
     * Adds a module inside of those that were added before.
     *
     * @return this pipeline
     * @throws IllegalStateException when a hub has been called or a request has come already
     */
    public HubPipeline addModule(HubPipelineModule module) {
        Objects.requireNonNull(module, "module");
        return add(() -> module);
    }

    /**
     * Adds a module that is made, with everything that it injects, by what makes the hubs ({@link HubActivator#create}): not now, but when the pipeline is
     * first used, for the container of an application may start after its server. If it cannot be made, the request or the call that uses the
     * pipeline fails, and so does every other until it can. Of several threads that are first each may make one; all but one are dropped unused.
     *
     * @return this pipeline
     * @throws IllegalStateException when a hub has been called or a request has come already
     */
    public HubPipeline addModule(Class<? extends HubPipelineModule> type) {
        Objects.requireNonNull(type, "type");
        return add(() -> activator.create(type));
    }

    private synchronized HubPipeline add(Supplier<HubPipelineModule> module) {
        if (invoked) {
            throw new IllegalStateException("Unable to add module. The HubPipeline has already been invoked.");
        }
        modules.add(module);
        return this;
    }

    /**
     * Adds a module that lets only authenticated users take part in any hub or call it (protocol §10.4).
     *
     * @return this pipeline
     * @throws IllegalStateException as {@link #addModule}
     */
    public HubPipeline requireAuthentication() {
        return addModule(new AuthorizeModule(new HubAuthorizer(), AuthorizationRule.authenticated()));
    }

    /** The stages with every module around them; from the first call on no module can be added. */
    Stages stages(Stages innermost) {
        Stages known = stages.get();
        if (known != null) {
            return known;
        }
        List<HubPipelineModule> made = freeze().stream().map(Supplier::get).toList();
        made.forEach(module -> module.traceTo(tracing));
        stages.compareAndSet(null, build(innermost, made));
        return stages.get();
    }

    private synchronized List<Supplier<HubPipelineModule>> freeze() {
        invoked = true;
        return List.copyOf(modules);
    }

    private static Stages build(Stages innermost, List<HubPipelineModule> modules) {
        Stages built = innermost;
        for (int i = modules.size() - 1; i >= 0; i--) {
            built = built.within(modules.get(i));
        }
        return built;
    }

    /** What can happen to hubs, each as one function. */
    record Stages(
            Function<HubIncomingContext, CompletionStage<?>> incoming,
            Function<HubOutgoingContext, CompletionStage<Void>> outgoing,
            Function<HubEventContext, CompletionStage<?>> connect,
            Function<HubEventContext, CompletionStage<?>> reconnect,
            BiFunction<HubEventContext, Boolean, CompletionStage<?>> disconnect,
            BiPredicate<HubDescriptor, HostRequest> authorizeConnect,
            GroupRejoiner rejoiningGroups) {

        /** The hubs alone: everybody may take part, all groups are joined again. */
        static Stages innermost(
                ArgumentValidator validator, Function<HubOutgoingContext, CompletionStage<Void>> publish) {
            return new Stages(
                    call -> HubMethodCall.run(validator, call),
                    publish,
                    context -> context.instance().onConnected(),
                    context -> context.instance().onReconnected(),
                    (context, stopCalled) -> context.instance().onDisconnected(stopCalled),
                    (hub, request) -> true,
                    (hub, request, groups) -> groups);
        }

        private Stages within(HubPipelineModule module) {
            return new Stages(
                    module.buildIncoming(incoming),
                    module.buildOutgoing(outgoing),
                    module.buildConnect(connect),
                    module.buildReconnect(reconnect),
                    module.buildDisconnect(disconnect),
                    module.buildAuthorizeConnect(authorizeConnect),
                    module.buildRejoiningGroups(rejoiningGroups));
        }
    }
}
