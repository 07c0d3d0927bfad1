/**
 * Who is calling: sign-in, signed tokens, the filter that turns one into a principal, and the user id SignalR sees.
 *
 * <p>Knows {@code domain} and the library's {@code security}. Runs on the container's request threads.
 */
package io.hubwire.push.security;
