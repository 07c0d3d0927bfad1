package io.hubwire.signalr.hub;

/**
 * A hub's clients and groups from outside a call: from a service, a timer, a JAX-RS resource. Safe for any thread; may be kept for as long as the
 * deployment runs.
 *
 * @param <C> how clients are called: {@link ClientProxy} for a {@link Hub}
 */
public interface HubContext<C> {

    /** The clients of the hub. */
    HubClients<C> clients();

    /** The groups of the hub. */
    GroupManager groups();
}
