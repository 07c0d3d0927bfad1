/**
 * Keeps the packaged application under thousands of clients for minutes and judges whether it stays as it was: every message delivered once, no error, and
 * neither heap nor threads grow. See {@code src/docs/soak.md} for the rules, how to run it and what it said.
 *
 * <p>One thread, {@link io.hubwire.load.soak.SocketLoop}, owns all clients, their sockets and the ledger; the thread of {@code main} waits and measures.
 */
package io.hubwire.load.soak;
