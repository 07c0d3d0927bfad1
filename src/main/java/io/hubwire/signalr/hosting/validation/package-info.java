/**
 * Arguments of hub methods held to the constraints of Jakarta Validation, where a provider is on the class path.
 *
 * <p>The only importer of Jakarta Validation in the library. Owns no threads.
 */
package io.hubwire.signalr.hosting.validation;
