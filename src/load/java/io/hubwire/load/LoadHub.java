package io.hubwire.load;

import io.hubwire.signalr.hub.Hub;

/** Something to connect to. */
public class LoadHub extends Hub {}
