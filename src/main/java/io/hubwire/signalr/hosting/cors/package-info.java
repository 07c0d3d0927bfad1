/**
 * Pages of other origins that may read answers (CORS), by a filter that the application brings: {@code com.thetransactioncompany:cors-filter}.
 *
 * <p>The only importer of that filter in the library. Knows nothing else of ours, and owns no threads.
 */
package io.hubwire.signalr.hosting.cors;
