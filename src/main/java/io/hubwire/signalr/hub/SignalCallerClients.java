package io.hubwire.signalr.hub;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@link SignalClients} with a caller. */
final class SignalCallerClients<C> extends SignalClients<C> implements HubCallerClients<C> {
    private final String callerId;

    SignalCallerClients(
            String hub,
            String callerId,
            Function<HubOutgoingContext, CompletionStage<Void>> outgoing,
            Function<ClientProxy, C> facade) {
        super(hub, outgoing, facade);
        this.callerId = callerId;
    }

    @Override
    public C caller() {
        return client(callerId);
    }

    @Override
    public C others() {
        return select(List.of(hubSignal()), Set.of(callerId));
    }

    @Override
    public C othersInGroup(String groupName) {
        return select(List.of(groupSignal(groupName)), Set.of(callerId));
    }

    @Override
    public C othersInGroups(Collection<String> groupNames) {
        return select(groupSignals(groupNames), Set.of(callerId));
    }
}
