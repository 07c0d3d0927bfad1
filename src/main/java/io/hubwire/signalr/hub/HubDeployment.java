package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionContext;
import io.hubwire.signalr.connection.ConnectionEndpoint;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.connection.PersistentConnections;
import io.hubwire.signalr.tracing.SourceName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The hubs of one deployment: their registry, their pipeline, and the contexts that call their clients from outside. Any number of mappings serve them,
 * each with its own {@link HubConfiguration}. Owns no threads; safe for any thread.
 */
public final class HubDeployment implements GlobalHost.Deployment {
    private final HubRuntime runtime;
    private final ConnectionManager connectionManager = new Contexts();
    private final PersistentConnections persistentConnections;

    /** Takes hubs that were found, and warns of their {@link #mistakes}; nothing runs yet. */
    public HubDeployment(HubRegistry registry, HubServices services) {
        this.runtime = new HubRuntime(
                Objects.requireNonNull(registry, "registry"), Objects.requireNonNull(services, "services"));
        this.persistentConnections =
                new PersistentConnections(services.publisher(), services.binding(), services.tracing());
        Logger trace = services.tracing().of(SourceName.REFLECTED_HUB_DESCRIPTOR_PROVIDER);
        registry.hubs().forEach(hub -> trace.log(Level.DEBUG, () -> describe(hub)));
        mistakes(registry).forEach(mistake -> trace.log(Level.WARNING, mistake));
    }

    private static String describe(HubDescriptor hub) {
        return "The hub " + hub.name() + " is " + hub.type().getName() + ", with "
                + hub.methods().size() + " methods";
    }

    /**
     * What cannot work in hubs, a sentence each: methods that no client can call, and interfaces through which no client can be called. All of it fails
     * when it is used (protocol §6.3, §7.6), unless somebody refuses the hubs before.
     */
    public static List<String> mistakes(HubRegistry registry) {
        return registry.hubs().stream().flatMap(hub -> hub.mistakes().stream()).toList();
    }

    /** What a mapping of these hubs does with its connections. */
    public ConnectionEndpoint endpoint(HubConfiguration configuration) {
        return new HubDispatcher(runtime, configuration);
    }

    /** The contexts and mappings of persistent connections, which share the way to clients with the hubs. */
    public PersistentConnections persistentConnections() {
        return persistentConnections;
    }

    /** The topic that everybody listens to who takes part in a hub. */
    public static String topicOf(HubDescriptor hub) {
        return Signals.hub(hub.name());
    }

    /** The roles that hubs and their methods name in annotations: those that a host has to ask a container's principal about. */
    public Set<String> roles() {
        return runtime.roles();
    }

    @Override
    public HubRegistry hubs() {
        return runtime.registry();
    }

    @Override
    public HubPipeline hubPipeline() {
        return runtime.pipeline();
    }

    @Override
    public ConnectionManager connectionManager() {
        return connectionManager;
    }

    private final class Contexts implements ConnectionManager {

        @Override
        public <C> HubContext<C> hubContext(Class<? extends HubBase<C>> hub) {
            return runtime.context(find(hub));
        }

        @Override
        public <C> HubContext<C> hubContext(Class<? extends HubBase<?>> hub, Class<C> clientType) {
            HubDescriptor found = find(hub);
            List<String> violations = runtime.contract(clientType).violations();
            if (!violations.isEmpty()) {
                throw new IllegalArgumentException(String.join(" ", violations));
            }
            return runtime.context(found, clientType);
        }

        @Override
        public HubContext<ClientProxy> hubContext(String hubName) {
            HubDescriptor found = hubs().find(hubName)
                    .orElseThrow(() -> new IllegalArgumentException("'" + hubName + "' Hub could not be resolved."));
            return runtime.context(found, ClientProxy.class);
        }

        private HubDescriptor find(Class<?> hub) {
            return hubs().find(hub)
                    .orElseThrow(() -> new IllegalArgumentException(
                            hub.getName() + " is not a hub of this deployment, which has " + hubs().hubs() + "."));
        }

        @Override
        public ConnectionContext connectionContext(Class<? extends PersistentConnection> type) {
            return persistentConnections.context(type);
        }

        @Override
        public CompletionStage<Void> disconnect(String connectionId) {
            return runtime.services().publisher().disconnect(Objects.requireNonNull(connectionId, "connectionId"));
        }
    }
}
