package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.tracing.TraceSources;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Steps in before and after what happens to hubs (protocol §11). Override the hooks, or a {@code build} method to wrap a stage as a whole. An
 * instance is shared by all threads.
 *
 * <p>Before-hooks run on the thread of the event; returning false stops it there, and throwing fails it. After-hooks run when the stage is complete, on the thread
 * that completed it, and must not block. A {@code build} method is called when the pipeline is first used, possibly more than once, and must only build.
 */
public abstract class HubPipelineModule {

    /** Told before anything is built, to those of the library that trace: the sources of the deployment. */
    void traceTo(TraceSources sources) {}

    /* --- a call of a hub method --- */

    /** Wraps the calls of hub methods. The stage's value is the result. */
    public Function<HubIncomingContext, CompletionStage<?>> buildIncoming(
            Function<HubIncomingContext, CompletionStage<?>> next) {
        return context -> onBeforeIncoming(context)
                ? Outcomes.start(() -> next.apply(context))
                        .handle((result, failure) -> failure == null
                                ? onAfterIncoming(result, context)
                                : recover(new ExceptionContext(Outcomes.unwrap(failure)), context))
                : Outcomes.done();
    }

    private Object recover(ExceptionContext exception, HubIncomingContext context) {
        onIncomingError(exception, context);
        if (exception.error() != null) {
            throw new CompletionException(exception.error());
        }
        return exception.result();
    }

    /** A call has come; false leaves the method uncalled and answers with no result. */
    protected boolean onBeforeIncoming(HubIncomingContext context) {
        return true;
    }

    /** The method has done its work; what this returns goes on outwards in place of the result. */
    protected Object onAfterIncoming(Object result, HubIncomingContext context) {
        return result;
    }

    /** The call has failed further inside; arguments that could not be bound are not seen here. */
    protected void onIncomingError(ExceptionContext exception, HubIncomingContext context) {}

    /* --- a call of clients --- */

    /** Wraps the calls of clients. */
    public Function<HubOutgoingContext, CompletionStage<Void>> buildOutgoing(
            Function<HubOutgoingContext, CompletionStage<Void>> next) {
        return context -> onBeforeOutgoing(context)
                ? next.apply(context).thenRun(() -> onAfterOutgoing(context))
                : Outcomes.done();
    }

    /** Clients are about to be called; false sends nothing. */
    protected boolean onBeforeOutgoing(HubOutgoingContext context) {
        return true;
    }

    /** The bus has the message. */
    protected void onAfterOutgoing(HubOutgoingContext context) {}

    /* --- life-cycle events --- */

    /** Wraps {@link HubBase#onConnected}. */
    public Function<HubEventContext, CompletionStage<?>> buildConnect(
            Function<HubEventContext, CompletionStage<?>> next) {
        return context -> onBeforeConnect(context)
                ? Outcomes.start(() -> next.apply(context)).thenRun(() -> onAfterConnect(context))
                : Outcomes.done();
    }

    /** A client has started a connection; false keeps the event from the hub. */
    protected boolean onBeforeConnect(HubEventContext context) {
        return true;
    }

    /** The hub has done what it does at the event. */
    protected void onAfterConnect(HubEventContext context) {}

    /** Wraps {@link HubBase#onReconnected}. */
    public Function<HubEventContext, CompletionStage<?>> buildReconnect(
            Function<HubEventContext, CompletionStage<?>> next) {
        return context -> onBeforeReconnect(context)
                ? Outcomes.start(() -> next.apply(context)).thenRun(() -> onAfterReconnect(context))
                : Outcomes.done();
    }

    /** A client has reopened its connection; false keeps the event from the hub. */
    protected boolean onBeforeReconnect(HubEventContext context) {
        return true;
    }

    /** The hub has done what it does at the event. */
    protected void onAfterReconnect(HubEventContext context) {}

    /** Wraps {@link HubBase#onDisconnected}; the flag says whether the client asked for the end. */
    public BiFunction<HubEventContext, Boolean, CompletionStage<?>> buildDisconnect(
            BiFunction<HubEventContext, Boolean, CompletionStage<?>> next) {
        return (context, stopCalled) -> onBeforeDisconnect(context, stopCalled)
                ? Outcomes.start(() -> next.apply(context, stopCalled))
                        .thenRun(() -> onAfterDisconnect(context, stopCalled))
                : Outcomes.done();
    }

    /** A connection has ended; false keeps the event from the hub. */
    protected boolean onBeforeDisconnect(HubEventContext context, boolean stopCalled) {
        return true;
    }

    /** The hub has done what it does at the event. */
    protected void onAfterDisconnect(HubEventContext context, boolean stopCalled) {}

    /* --- taking part --- */

    /** Wraps the question whether a request may take part in a hub; asked for every request, on the request thread. */
    public BiPredicate<HubDescriptor, HostRequest> buildAuthorizeConnect(BiPredicate<HubDescriptor, HostRequest> next) {
        return (hub, request) -> onBeforeAuthorizeConnect(hub, request) && next.test(hub, request);
    }

    /** A request names the hub; false leaves it out of what the request takes part in (protocol §10.2). */
    protected boolean onBeforeAuthorizeConnect(HubDescriptor hub, HostRequest request) {
        return true;
    }

    /** Wraps the choice of the groups that are joined again. */
    public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
        return next;
    }
}
