package io.hubwire.signalr.hub;

/** The clients of a hub that calls them by name. */
public interface DynamicHubClients extends HubCallerClients<ClientProxy> {

    /** The connection that makes the call, and its state: {@code clients().caller().get("name")}. */
    @Override
    CallerProxy caller();
}
