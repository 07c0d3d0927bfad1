/** Servers as their operators see them: counters, snapshots, draining; over real connections. */
package io.hubwire.operations;
