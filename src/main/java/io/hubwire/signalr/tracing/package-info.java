/**
 * The trace sources of a server and their listeners (protocol §15.2), as {@code system.diagnostics} of a {@code web.config} names them.
 *
 * <p>Knows the JDK alone. A source is a {@link java.lang.System.Logger}: what it says goes to the log of that name, which the JVM shares, and to the listeners of its
 * own deployment. {@code TraceSources} owns these and their one writer thread, which does not exist without listeners.
 */
package io.hubwire.signalr.tracing;
