/**
 * One client's pipe: framing, keep-alive, life cycle, heartbeat. A transport lives for one receive request, a
 * {@code TransportSession} for one client on this node. Knows nothing of hubs or the bus; owns the heartbeat's timer.
 */
package io.hubwire.signalr.transport;
