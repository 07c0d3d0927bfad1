/**
 * What applications write against, and what turns a call into a method: hubs, clients, groups, the pipeline, descriptors, the JavaScript proxy.
 * Knows nothing of transports' bytes, of servlets or of the bus; owns no threads.
 */
package io.hubwire.signalr.hub;
