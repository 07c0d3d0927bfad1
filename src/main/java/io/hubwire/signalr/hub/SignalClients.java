package io.hubwire.signalr.hub;

import io.hubwire.signalr.protocol.RawJson;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Selects clients by signals (protocol §7.2). Immutable. */
class SignalClients<C> implements HubClients<C> {
    private final String hub;
    private final Function<HubOutgoingContext, CompletionStage<Void>> outgoing;
    private final Function<ClientProxy, C> facade;

    /** @param facade what a selection by name looks like to the hub's author */
    SignalClients(
            String hub, Function<HubOutgoingContext, CompletionStage<Void>> outgoing, Function<ClientProxy, C> facade) {
        this.hub = hub;
        this.outgoing = outgoing;
        this.facade = facade;
    }

    @Override
    public C all() {
        return select(List.of(Signals.hub(hub)), Set.of());
    }

    @Override
    public C allExcept(String... excludedConnectionIds) {
        return select(List.of(Signals.hub(hub)), exclusions(excludedConnectionIds));
    }

    @Override
    public C client(String connectionId) {
        return select(List.of(clientSignal(connectionId)), Set.of());
    }

    @Override
    public C clients(Collection<String> connectionIds) {
        return select(connectionIds.stream().map(this::clientSignal).toList(), Set.of());
    }

    @Override
    public C group(String groupName, String... excludedConnectionIds) {
        return select(List.of(groupSignal(groupName)), exclusions(excludedConnectionIds));
    }

    @Override
    public C groups(Collection<String> groupNames, String... excludedConnectionIds) {
        return select(groupSignals(groupNames), exclusions(excludedConnectionIds));
    }

    @Override
    public C user(String userId) {
        return select(List.of(userSignal(userId)), Set.of());
    }

    @Override
    public C users(Collection<String> userIds) {
        return select(userIds.stream().map(this::userSignal).toList(), Set.of());
    }

    final C select(List<String> signals, Set<String> exclusions) {
        return facade.apply(proxy(signals, exclusions, Optional::empty));
    }

    final C present(ClientProxy selection) {
        return facade.apply(selection);
    }

    final ClientProxy proxy(List<String> signals, Set<String> exclusions, Supplier<Optional<RawJson>> state) {
        return new SignalProxy(hub, signals, exclusions, state, outgoing);
    }

    final List<String> groupSignals(Collection<String> groupNames) {
        return groupNames.stream().map(this::groupSignal).toList();
    }

    final String groupSignal(String groupName) {
        return Signals.group(hub, named("groupName", groupName));
    }

    final String clientSignal(String connectionId) {
        return Signals.connection(hub, named("connectionId", connectionId));
    }

    final String hubSignal() {
        return Signals.hub(hub);
    }

    private String userSignal(String userId) {
        return Signals.user(hub, Objects.requireNonNull(userId, "userId"));
    }

    private static Set<String> exclusions(String... connectionIds) {
        for (String id : connectionIds) {
            named("excludedConnectionIds", id);
        }
        return Set.copyOf(List.of(connectionIds));
    }

    private static String named(String parameter, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Argument cannot be null or empty: " + parameter);
        }
        return value;
    }
}
