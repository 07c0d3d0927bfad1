/**
 * The counters and gauges that the library promises to keep.
 *
 * <p>Knows nothing but the JDK. Counting never blocks and may be done from any thread.
 */
package io.hubwire.signalr.metrics;
