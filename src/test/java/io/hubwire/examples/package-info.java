/** The examples of the README, compiled; a test compares them with its text. */
package io.hubwire.examples;
