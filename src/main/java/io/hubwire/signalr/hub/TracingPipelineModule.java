package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Traces when each stage of the pipeline begins and ends, under a number that tells them apart, with its outcome and the time it took. An example of a module
 * that wraps whole stages:
 *
 * <pre>
 * #17 begins: 5f1c… calls chat.send
 * #17 ends: 5f1c… calls chat.send, done after 1.204 ms
 * </pre>
 *
 * <p>Calls, events and admissions go to the source {@code SignalR.HubDispatcher}, messages to clients to {@code SignalR.Connection} (protocol §15.2), at {@link
 * Level#TRACE}; where that is off nothing is measured. The time is that of the modules further inside as well. Neither arguments nor
 * results are traced, nor a method name that only a client has come up with.
 */
public final class TracingPipelineModule extends HubPipelineModule {
    private static final double NANOS_PER_MILLISECOND = 1_000_000;

    private final boolean chosen; // the sources, by whoever made this
    private volatile Logger calls;
    private volatile Logger messages;
    private final AtomicLong numbers = new AtomicLong();

    /** Traces to the sources named above, of its deployment. */
    public TracingPipelineModule() {
        this.calls = System.getLogger(SourceName.HUB_DISPATCHER.text());
        this.messages = System.getLogger(SourceName.CONNECTION.text());
        this.chosen = false;
    }

    /**
     * @param calls gets what concerns hubs
     * @param messages gets what concerns clients
     */
    public TracingPipelineModule(Logger calls, Logger messages) {
        this.calls = Objects.requireNonNull(calls, "calls");
        this.messages = Objects.requireNonNull(messages, "messages");
        this.chosen = true;
    }

    @Override
    void traceTo(TraceSources sources) {
        if (!chosen) {
            calls = sources.of(SourceName.HUB_DISPATCHER);
            messages = sources.of(SourceName.CONNECTION);
        }
    }

    @Override
    public Function<HubIncomingContext, CompletionStage<?>> buildIncoming(
            Function<HubIncomingContext, CompletionStage<?>> next) {
        return call -> traced(
                () -> call.caller().connectionId() + " calls " + call.hub().name() + "."
                        + (call.method().isResolved() ? call.method().name() : "?"),
                () -> next.apply(call));
    }

    @Override
    public Function<HubEventContext, CompletionStage<?>> buildConnect(
            Function<HubEventContext, CompletionStage<?>> next) {
        return event -> traced(() -> subject(event) + " connects", () -> next.apply(event));
    }

    @Override
    public Function<HubEventContext, CompletionStage<?>> buildReconnect(
            Function<HubEventContext, CompletionStage<?>> next) {
        return event -> traced(() -> subject(event) + " reconnects", () -> next.apply(event));
    }

    @Override
    public BiFunction<HubEventContext, Boolean, CompletionStage<?>> buildDisconnect(
            BiFunction<HubEventContext, Boolean, CompletionStage<?>> next) {
        return (event, stopCalled) -> traced(
                () -> subject(event) + (stopCalled ? " stops" : " is lost"), () -> next.apply(event, stopCalled));
    }

    private static String subject(HubEventContext event) {
        return event.hub().name() + ": " + event.caller().connectionId();
    }

    private CompletionStage<?> traced(Supplier<String> what, Supplier<CompletionStage<?>> stage) {
        if (!calls.isLoggable(Level.TRACE)) {
            return stage.get();
        }
        Span span = begin(calls, what.get());
        return Outcomes.start(stage).whenComplete((result, failure) -> span.end(failure));
    }

    @Override
    public Function<HubOutgoingContext, CompletionStage<Void>> buildOutgoing(
            Function<HubOutgoingContext, CompletionStage<Void>> next) {
        return message -> messages.isLoggable(Level.TRACE) ? traced(message, next) : next.apply(message);
    }

    // What throws here, such as arguments that cannot be serialized, goes on to throw.
    private CompletionStage<Void> traced(
            HubOutgoingContext message, Function<HubOutgoingContext, CompletionStage<Void>> next) {
        Span span = begin(
                messages,
                message.hub() + "." + message.method() + " to "
                        + message.signals().size() + " signals");
        try {
            return next.apply(message).whenComplete((done, failure) -> span.end(failure));
        } catch (RuntimeException | Error failure) {
            span.end(failure);
            throw failure;
        }
    }

    @Override
    public BiPredicate<HubDescriptor, HostRequest> buildAuthorizeConnect(BiPredicate<HubDescriptor, HostRequest> next) {
        return (hub, request) -> {
            boolean admitted = next.test(hub, request);
            calls.log(Level.TRACE, () -> hub.name() + (admitted ? " admits" : " refuses") + " a request");
            return admitted;
        };
    }

    @Override
    public GroupRejoiner buildRejoiningGroups(GroupRejoiner next) {
        return (hub, request, groups) -> {
            var rejoined = next.rejoin(hub, request, groups);
            calls.log(
                    Level.TRACE,
                    () -> hub.name() + ": " + rejoined.size() + " of " + groups.size() + " groups are joined again");
            return rejoined;
        };
    }

    private Span begin(Logger source, String what) {
        Span span = new Span(source, numbers.incrementAndGet(), what, System.nanoTime());
        source.log(Level.TRACE, () -> "#" + span.number + " begins: " + what);
        return span;
    }

    /** A stage under way. */
    private record Span(Logger source, long number, String what, long startNanos) {

        void end(Throwable failure) {
            double milliseconds = (System.nanoTime() - startNanos) / NANOS_PER_MILLISECOND;
            String outcome = failure == null
                    ? "done"
                    : "failed with " + Outcomes.unwrap(failure).getClass().getName();
            source.log(
                    Level.TRACE,
                    () -> String.format(
                            Locale.ROOT, "#%d ends: %s, %s after %.3f ms", number, what, outcome, milliseconds));
        }
    }
}
