/**
 * The counters and gauges for Micrometer. Used where an application has a meter registry; nothing else of the library knows Micrometer, or needs it on the
 * class path. Owns no threads.
 */
package io.hubwire.signalr.metrics.micrometer;
