package io.hubwire.signalr.hub;

/** The client that makes a call: callable by name, and with the state that it has sent. */
public interface CallerProxy extends ClientProxy, CallerState {}
