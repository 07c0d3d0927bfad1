package io.hubwire.signalr.hub;

import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * Logs each call of a hub and of clients, what failed, and who comes and goes; a line each, such as {@code => chat.send(2 arguments) from 5f1c…}. An example of a
 * module that uses the hooks, and of use while one develops:
 *
 * <pre>
 * GlobalHost.hubPipeline().addModule(new LoggingPipelineModule());
 * </pre>
 *
 * <p>Neither arguments nor results are logged, which may be anybody's secrets, nor a method name that only a client has come up with. A call that a module
 * further out or {@link Authorize} refuses does not come here.
 */
public final class LoggingPipelineModule extends HubPipelineModule {
    private final Level level;
    private final boolean chosen; // the log, by whoever made this
    private volatile Logger log;

    /** Logs to {@code SignalR.HubDispatcher} (protocol §15.2) of its deployment at {@link Level#INFO}. */
    public LoggingPipelineModule() {
        this.log = System.getLogger(SourceName.HUB_DISPATCHER.text());
        this.level = Level.INFO;
        this.chosen = false;
    }

    /** @param level of all that is logged, failures included: those that are not a client's mistake are warned of anyway */
    public LoggingPipelineModule(Logger log, Level level) {
        this.log = Objects.requireNonNull(log, "log");
        this.level = Objects.requireNonNull(level, "level");
        this.chosen = true;
    }

    @Override
    void traceTo(TraceSources sources) {
        if (!chosen) {
            log = sources.of(SourceName.HUB_DISPATCHER);
        }
    }

    @Override
    protected boolean onBeforeIncoming(HubIncomingContext context) {
        log.log(level, () -> "=> " + call(context) + " from " + context.caller().connectionId());
        return true;
    }

    @Override
    protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {
        if (context.method().isResolved()) {
            log.log(level, () -> "=> " + call(context) + " failed.", exception.error());
        } else {
            // the error's text repeats the name that the client has sent
            log.log(level, () -> "=> " + call(context) + " failed: there is no such method.");
        }
    }

    private static String call(HubIncomingContext context) {
        String method = context.method().isResolved() ? context.method().name() : "?";
        return context.hub().name() + "." + method + count(context.arguments().size());
    }

    @Override
    protected boolean onBeforeOutgoing(HubOutgoingContext context) {
        log.log(
                level,
                () -> "<= " + context.hub() + "." + context.method()
                        + count(context.arguments().size()));
        return true;
    }

    private static String count(int arguments) {
        return arguments == 1 ? "(1 argument)" : "(" + arguments + " arguments)";
    }

    @Override
    protected void onAfterConnect(HubEventContext context) {
        log.log(level, () -> "   " + subject(context) + " connected");
    }

    @Override
    protected void onAfterReconnect(HubEventContext context) {
        log.log(level, () -> "   " + subject(context) + " reconnected");
    }

    @Override
    protected void onAfterDisconnect(HubEventContext context, boolean stopCalled) {
        log.log(level, () -> "   " + subject(context) + (stopCalled ? " stopped" : " was lost"));
    }

    private static String subject(HubEventContext context) {
        return context.hub().name() + ": " + context.caller().connectionId();
    }
}
