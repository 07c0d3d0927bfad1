/**
 * The application's hubs and persistent connections, and its notification port implemented over hub contexts.
 *
 * <p>Knows {@code service}, {@code domain} and the library's hubs. Hub methods run on the library's workers; the CPU monitor owns one thread.
 */
package io.hubwire.push.realtime;
