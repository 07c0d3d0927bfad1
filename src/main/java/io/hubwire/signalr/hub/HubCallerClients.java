package io.hubwire.signalr.hub;

import java.util.Collection;

/** {@link HubClients} as seen from a call: with the caller (protocol §7.2). */
public interface HubCallerClients extends HubClients {

    ClientProxy caller();

    ClientProxy others();

    ClientProxy othersInGroup(String groupName);

    ClientProxy othersInGroups(Collection<String> groupNames);
}
