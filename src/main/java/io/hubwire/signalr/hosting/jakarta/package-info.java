/**
 * The library in a Jakarta EE container: the routing filter, the front servlet, the WebSocket endpoint and the context
 * listener.
 *
 * <p>The only importer of {@code jakarta.servlet} and {@code jakarta.websocket} in the library. Threads are the container's;
 * nothing here blocks one of them while it waits for messages.
 */
package io.hubwire.signalr.hosting.jakarta;
