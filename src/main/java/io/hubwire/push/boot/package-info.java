/**
 * The composition root: wiring of the application, its configuration, and the embedded server that runs it.
 *
 * <p>Knows everything in the application and the library's front door. Owns the application's start and its end.
 */
package io.hubwire.push.boot;
