/**
 * The application over HTTP: JAX-RS resources, the records they read and write, and how failures become answers.
 *
 * <p>Knows {@code service}, {@code domain} and {@code security}. Runs on the container's request threads.
 */
package io.hubwire.push.api;
