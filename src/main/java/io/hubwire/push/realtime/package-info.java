/**
 * The application's hubs, and its notification port implemented over hub contexts.
 *
 * <p>Knows {@code service}, {@code domain} and the library's hubs. Hub methods run on the library's hub executor.
 */
package io.hubwire.push.realtime;
