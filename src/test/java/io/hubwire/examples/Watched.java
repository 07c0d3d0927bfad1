package io.hubwire.examples;

import io.hubwire.signalr.hosting.jakarta.SignalR;
import io.hubwire.signalr.hosting.jakarta.SignalRStartup;
import io.hubwire.signalr.hub.LoggingPipelineModule;

/** Adds modules to the pipeline. */
public final class Watched implements SignalRStartup {

    @Override
    public void configuration(SignalR signalR) {
        signalR.hubs("/signalr").module(new LoggingPipelineModule()).module(ReadableErrors.class);
    }
}
