package io.hubwire.signalr.hub;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@link SignalClients} with a caller. */
class SignalCallerClients<C> extends SignalClients<C> implements HubCallerClients<C> {
    private final String callerId;
    private final StateTracker state;

    SignalCallerClients(
            String hub,
            String callerId,
            StateTracker state,
            Function<HubOutgoingContext, CompletionStage<Void>> outgoing,
            Function<ClientProxy, C> facade) {
        super(hub, outgoing, facade);
        this.callerId = callerId;
        this.state = state;
    }

    @Override
    public C caller() {
        return present(callerProxy());
    }

    final ClientProxy callerProxy() {
        return proxy(List.of(clientSignal(callerId)), Set.of(), state::changes);
    }

    @Override
    public final CallerState callerState() {
        return state;
    }

    @Override
    public final C others() {
        return select(List.of(hubSignal()), Set.of(callerId));
    }

    @Override
    public final C othersInGroup(String groupName) {
        return select(List.of(groupSignal(groupName)), Set.of(callerId));
    }

    @Override
    public final C othersInGroups(Collection<String> groupNames) {
        return select(groupSignals(groupNames), Set.of(callerId));
    }
}
