/**
 * What a setting is: its name, where it stands in the file, how it is written, its range and its default; and how the values that count are found among the
 * file, the deployment, the environment and the system properties.
 *
 * <p>Knows the JDK alone, so that what starts before the library can read its part of the file too: the embedded server. Starts no thread; reads files only
 * when asked to, on the caller's thread.
 */
package io.hubwire.signalr.config.setting;
