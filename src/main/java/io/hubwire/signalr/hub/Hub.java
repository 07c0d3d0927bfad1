package io.hubwire.signalr.hub;

/**
 * What an application extends to be called by clients and to call them by name: every public method of the subclass is callable by name and
 * argument count (protocol §6.3). See {@link HubBase} for the life of an instance, {@link TypedHub} for calling clients through an interface.
 */
public abstract class Hub extends HubBase<ClientProxy> {

    @Override
    protected final DynamicHubClients clients() {
        return (DynamicHubClients) super.clients(); // what the pipeline gives to every Hub
    }
}
