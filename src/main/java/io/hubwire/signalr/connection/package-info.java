/**
 * Where a transport meets the bus: the order of checks, tokens, groups and acknowledgements, life-cycle events. Knows nothing of hubs; owns
 * no threads of its own but the serial order of each WebSocket's calls.
 */
package io.hubwire.signalr.connection;
