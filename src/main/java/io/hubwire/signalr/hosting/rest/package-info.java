/**
 * The JAX-RS face of negotiation, for applications that route everything through JAX-RS.
 *
 * <p>The only importer of {@code jakarta.ws.rs} in the library. Answers on the container's thread, without blocking.
 */
package io.hubwire.signalr.hosting.rest;
