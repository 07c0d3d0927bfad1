/**
 * What an operator asks of a running server, and tells it: the state of its clients, hubs and topics, recent errors.
 * Values, and the interface that a server offers; owns no threads, runs no user code.
 */
package io.hubwire.signalr.operations;
