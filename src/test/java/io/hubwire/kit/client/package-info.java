/**
 * A SignalR 2 client for tests that shares nothing with the server under test: plain sockets, its own HTTP/1.1, its own
 * RFC 6455 and its own JSON reader, so that a mistake cannot be made once and agreed upon by both sides.
 *
 * <p>The lower half ({@link io.hubwire.kit.client.RawHttpClient}, {@link io.hubwire.kit.client.RawWebSocket}) sends exactly the bytes it
 * is given, legal or not, and records everything that comes back with the time it came. The upper half ({@link
 * io.hubwire.kit.client.SignalRTestClient}) speaks the protocol over any of the four transports. Nothing here sleeps: every wait is
 * for a condition and has a limit.
 *
 * <p>Threads: each open exchange, socket or polling client owns one daemon thread, which ends when it is closed.
 */
package io.hubwire.kit.client;
