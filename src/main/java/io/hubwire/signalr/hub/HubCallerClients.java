package io.hubwire.signalr.hub;

import java.util.Collection;

/**
 * {@link HubClients} as seen from a call: with the caller (protocol §7.2). Usable for as long as anybody keeps it, also after the call.
 *
 * @param <C> what a selection is called by
 */
public interface HubCallerClients<C> extends HubClients<C> {

    /** The connection that makes the call. In life-cycle events: the connection that the event is about. */
    C caller();

    /** What the caller has sent of its state, and what the hub changes of it. In life-cycle events it begins empty. */
    CallerState callerState();

    /** Every connection that takes part in the hub, but the caller. */
    C others();

    /** The members of a group, but the caller. */
    C othersInGroup(String groupName);

    /** The members of several groups, but the caller. */
    C othersInGroups(Collection<String> groupNames);
}
