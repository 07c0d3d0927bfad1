/**
 * The front door of the library: the server an application builds, and its configuration.
 *
 * <p>Gathers every other package of the library and wires them together; nothing in the library looks back at it except
 * the faces of a host ({@code hosting.jakarta}, {@code hosting.rest}, {@code hosting.cdi}). The server owns every thread
 * the library starts and ends them when it is closed.
 */
package io.hubwire.signalr;
