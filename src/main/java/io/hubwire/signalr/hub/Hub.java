package io.hubwire.signalr.hub;

/**
 * What an application extends to be called by clients and to call them by name: every public method of the subclass is callable by name and
 * argument count (protocol §6.3). See {@link HubBase} for the life of an instance.
 */
public abstract class Hub extends HubBase<ClientProxy> {}
