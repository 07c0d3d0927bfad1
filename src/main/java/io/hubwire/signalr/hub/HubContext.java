package io.hubwire.signalr.hub;

/** A hub's clients and groups from outside a call: from a service, a timer, a JAX-RS resource. Safe for any thread. */
public interface HubContext {

    HubClients clients();

    GroupManager groups();
}
