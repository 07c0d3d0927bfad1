/** Hubs. */
package io.hubwire.architecture.planted.undescribed.signalr.hub;
