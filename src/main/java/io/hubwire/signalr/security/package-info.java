/**
 * Who a connection belongs to and how that is proven: protected connection and group tokens, origins, user ids.
 *
 * <p>Knows nothing but the JDK. Everything here answers on the caller's thread without blocking, except where keys are
 * read from or written to disk when the server starts.
 */
package io.hubwire.signalr.security;
