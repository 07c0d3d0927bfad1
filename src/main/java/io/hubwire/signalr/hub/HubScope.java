package io.hubwire.signalr.hub;

/** What the pipeline gives a hub instance before it is used. */
record HubScope(HubCallerContext context, HubCallerClients clients, GroupManager groups) {}
