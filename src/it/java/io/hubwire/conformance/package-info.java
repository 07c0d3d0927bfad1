/**
 * The vectors of the protocol, one test each with the vector's number in its name, sent byte by byte to the server of the recordings on embedded Tomcat. Each
 * class owns the servers that it starts.
 */
package io.hubwire.conformance;
