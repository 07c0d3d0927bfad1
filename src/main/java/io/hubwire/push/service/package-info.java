/**
 * The use cases and their transactions; declares the port through which a notification is published.
 *
 * <p>Knows {@code domain} and {@code store}. Runs on the caller's thread; nothing is published before the transaction that
 * caused it has committed.
 */
package io.hubwire.push.service;
