package io.hubwire.signalr.connection;

import io.hubwire.signalr.connection.PersistentConnectionFactory.Activation;
import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.security.UserIdProvider;
import java.lang.System.Logger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A type of persistent connection on a mapping. The scope of a request is the instance that was made for it, with what disposes of that. */
final class PersistentConnectionEndpoint implements ConnectionEndpoint {
    private final Class<? extends PersistentConnection> type;
    private final ConnectionSignals signals;
    private final ConnectionContext context;
    private final PersistentConnectionFactory factory;
    private final UserIdProvider users;
    private final Logger log;

    PersistentConnectionEndpoint(
            Class<? extends PersistentConnection> type,
            ConnectionContext context,
            PersistentConnectionFactory factory,
            UserIdProvider users,
            Logger log) {
        this.type = type;
        this.signals = new ConnectionSignals(type);
        this.context = context;
        this.factory = factory;
        this.users = users;
        this.log = log;
    }

    /** There is no script here: {@code /echo/js} is a path like any other (protocol §1.2). */
    @Override
    public boolean answer(HostExchange exchange) {
        return false;
    }

    @Override
    public Admission admit(HostRequest request) {
        return factory.around(() -> {
            Activation made = factory.activate(type);
            boolean granted = false;
            try {
                made.connection().initialize(context);
                granted = made.connection().authorizeRequest(request);
            } finally {
                if (!granted) {
                    made.disposal().ifPresent(disposal -> ScopeHolds.dispose(disposal, log));
                }
            }
            return granted ? new Admission.Granted(made) : new Admission.Denied();
        });
    }

    @Override
    public ConnectionIdResult tryGetConnectionId(
            HostRequest request, Object scope, String connectionToken, ConnectionIdResult verdict) {
        return factory.around(
                () -> ((Activation) scope).connection().tryGetConnectionId(request, connectionToken, verdict));
    }

    @Override
    public Optional<Runnable> disposal(Object scope) {
        return ((Activation) scope).disposal();
    }

    @Override
    public List<String> signals(ConnectionRequest request) {
        Optional<String> user = users.userId(request.host().user().orElse(null)).filter(id -> !id.isEmpty());
        return factory.around(() -> instance(request).signals(user, request.connectionId()));
    }

    @Override
    public List<String> rejoin(ConnectionRequest request, List<String> groups) {
        List<String> own = groups.stream()
                .filter(group -> group.startsWith(signals.groupPrefix()))
                .toList();
        if (own.isEmpty()) {
            return own;
        }
        List<String> names = own.stream().map(ConnectionSignals::withoutPrefix).toList();
        Set<String> rejoined = new HashSet<>(factory.around(
                () -> instance(request).onRejoiningGroups(request.host(), names, request.connectionId())));
        return own.stream()
                .filter(group -> rejoined.contains(ConnectionSignals.withoutPrefix(group)))
                .toList();
    }

    @Override
    public CompletionStage<?> onConnected(ConnectionRequest request) {
        return raise(request, instance -> instance.onConnected(request.host(), request.connectionId()));
    }

    @Override
    public CompletionStage<?> onReconnected(ConnectionRequest request) {
        request.gap().ifPresent(instance(request)::missed);
        return raise(request, instance -> instance.onReconnected(request.host(), request.connectionId()));
    }

    @Override
    public CompletionStage<?> onDisconnected(ConnectionRequest request, boolean stopCalled) {
        return raise(request, instance -> instance.onDisconnected(request.host(), request.connectionId(), stopCalled));
    }

    @Override
    public CompletionStage<Optional<byte[]>> onReceived(ConnectionRequest request, String data) {
        return raise(request, instance -> instance.onReceived(request.host(), request.connectionId(), data))
                .thenApply(done -> Optional.empty());
    }

    @Override
    public CompletionStage<?> onGap(ConnectionRequest request, ConnectionGap gap) {
        return raise(request, instance -> instance.onGap(request.host(), request.connectionId(), gap));
    }

    private CompletionStage<?> raise(
            ConnectionRequest request, Function<PersistentConnection, CompletionStage<?>> event) {
        CompletionStage<?> raised = factory.around(() -> event.apply(instance(request)));
        return raised == null ? CompletableFuture.completedStage(null) : raised;
    }

    private static PersistentConnection instance(ConnectionRequest request) {
        return ((Activation) request.scope()).connection();
    }
}
