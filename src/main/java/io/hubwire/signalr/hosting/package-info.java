/**
 * What the library asks of any host: a request, one way to answer it, a stream, a socket. Knows no servlet and no container; owns no
 * threads. {@code hosting.jakarta} implements it on Jakarta Servlet and WebSocket, tests implement it in memory.
 */
package io.hubwire.signalr.hosting;
