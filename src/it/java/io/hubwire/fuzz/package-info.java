/** Throws spoilt requests and frames at a server, over raw sockets. It refuses them in the documented ways, and nothing else happens. */
package io.hubwire.fuzz;
