/**
 * A TCP proxy that stands between the tests' clients and servers and is as bad as a network can be. It knows nothing of HTTP. One thread per proxy, whatever
 * the number of connections.
 */
package io.hubwire.kit.proxy;
