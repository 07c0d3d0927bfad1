package io.hubwire.signalr.hub;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Clients that are called by name, with a caller whose state can be read and set. */
final class StatefulCallerClients extends SignalCallerClients<ClientProxy> implements DynamicHubClients {

    StatefulCallerClients(
            String hub,
            String callerId,
            StateTracker state,
            Function<HubOutgoingContext, CompletionStage<Void>> outgoing) {
        super(hub, callerId, state, outgoing, Function.identity());
    }

    @Override
    public CallerProxy caller() {
        return new Caller(callerProxy(), callerState());
    }

    private record Caller(ClientProxy client, CallerState state) implements CallerProxy {

        @Override
        public CompletionStage<Void> invoke(String method, Object... args) {
            return client.invoke(method, args);
        }

        @Override
        public Object get(String name) {
            return state.get(name);
        }

        @Override
        public <T> T get(String name, Class<T> type) {
            return state.get(name, type);
        }

        @Override
        public void set(String name, Object value) {
            state.set(name, value);
        }
    }
}
