package io.hubwire.signalr.hub;

/**
 * A life-cycle event on its way to a hub.
 *
 * @param hub the hub that is told
 * @param instance the instance that serves this event alone
 * @param caller the connection that the event is about
 */
public record HubEventContext(HubDescriptor hub, HubBase<?> instance, HubCallerContext caller) {}
