/**
 * The application's hubs and persistent connections, and its notification port implemented over hub contexts.
 *
 * <p>Knows {@code service}, {@code domain} and the library's hubs. Hub methods run on the library's workers; the CPU monitor, the stock ticker and the shape's broadcaster
 * own one thread each, which ends with the deployment.
 */
package io.hubwire.push.realtime;
