/**
 * The configuration an operator writes, read from {@code web.config}: parsed, checked, refused with the file, the line and the rule.
 *
 * <p>Knows the configuration records of the other packages. Reads files only when asked to, on the caller's thread.
 */
package io.hubwire.signalr.config;
