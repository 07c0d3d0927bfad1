package io.hubwire.examples;

import io.hubwire.signalr.hub.ExceptionContext;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.HubIncomingContext;
import io.hubwire.signalr.hub.HubOutgoingContext;
import io.hubwire.signalr.hub.HubPipelineModule;
import java.util.function.Consumer;

/** Stepping in on calls. */
final class PipelineModules {
    private PipelineModules() {}

    /** Notes what is called on either side. */
    static final class LoggingModule extends HubPipelineModule {
        private final Consumer<String> log;

        LoggingModule(Consumer<String> log) {
            this.log = log;
        }

        @Override
        protected boolean onBeforeIncoming(HubIncomingContext context) {
            log.accept("=> Invoking " + context.method().name() + " on hub "
                    + context.hub().name());
            return true;
        }

        @Override
        protected boolean onBeforeOutgoing(HubOutgoingContext context) {
            log.accept("<= Invoking " + context.method() + " on client hub " + context.hub());
            return true;
        }
    }

    /** Notes what went wrong, and tells clients something that they can show. */
    static final class ErrorHandlingModule extends HubPipelineModule {
        private final Consumer<String> log;

        ErrorHandlingModule(Consumer<String> log) {
            this.log = log;
        }

        @Override
        protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {
            log.accept("=> Exception " + exception.error().getMessage());
            if (!(exception.error() instanceof HubException)) {
                exception.setError(new HubException("Something went wrong; try again later."));
            }
        }
    }
}
