/**
 * The library in a CDI container: hubs found and built as beans, hub contexts that can be injected, a request context
 * around each hub call.
 *
 * <p>The only importer of CDI in the library. Beans are built on the thread of the hub call that needs them.
 */
package io.hubwire.signalr.hosting.cdi;
