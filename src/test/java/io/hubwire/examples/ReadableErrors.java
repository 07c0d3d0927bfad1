package io.hubwire.examples;

import io.hubwire.signalr.hub.ExceptionContext;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.HubIncomingContext;
import io.hubwire.signalr.hub.HubPipelineModule;

/** Tells callers what was wrong with their arguments; other errors stay between server and log. */
public class ReadableErrors extends HubPipelineModule {

    @Override
    protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {
        if (exception.error() instanceof IllegalArgumentException wrong) {
            exception.setError(new HubException(wrong.getMessage()));
        }
    }
}
