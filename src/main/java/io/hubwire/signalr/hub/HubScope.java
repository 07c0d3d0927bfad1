package io.hubwire.signalr.hub;

/** What the pipeline gives a hub instance before it is used. */
record HubScope<C>(HubCallerContext context, HubCallerClients<C> clients, GroupManager groups) {}
