/**
 * Publish, the log, topics, delivery loops, subscriptions. A connection is a cursor in a log: see {@code src/docs/synchronization.md} for which
 * thread owns what. Knows nothing of transports, connections or hubs.
 */
package io.hubwire.signalr.bus;
