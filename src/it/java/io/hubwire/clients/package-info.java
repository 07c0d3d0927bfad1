/**
 * Released clients, unmodified, against a server on the loopback interface: each lives through the same story. Nothing in here knows
 * the wire; what a client needs to be told, and what it cannot do, stands in its own class.
 */
package io.hubwire.clients;
