/**
 * Measures deliveries to many clients, ours against a bare Tomcat endpoint or servlet that sends the same bytes, in child processes with the same
 * JVM flags, interleaved in one run. See {@code src/docs/benchmarks.md} for how to run it and what it said.
 */
package io.hubwire.load;
