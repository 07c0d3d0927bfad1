/**
 * What Weld has to know beyond CDI when it runs in a plain servlet container.
 *
 * <p>The only importer of Weld in the library. Weld finds its services by itself; nothing here is loaded without it.
 */
package io.hubwire.signalr.hosting.weld;
