package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.UnserializableResultException;
import io.hubwire.signalr.hub.HubActivator.Activation;
import io.hubwire.signalr.hub.MethodDescriptor.Parameter;
import io.hubwire.signalr.metrics.CallStatistics;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.protocol.HubRequest;
import io.hubwire.signalr.protocol.HubResponse;
import io.hubwire.signalr.protocol.RawJson;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One call of a hub method, from its request to its response. */
final class HubInvocation {

    private final HubRuntime runtime;
    private final HubErrors errors;
    private final HubDescriptor hub;
    private final HubRequest call;
    private final StateTracker state;
    private final CallStatistics statistics;

    HubInvocation(HubRuntime runtime, HubErrors errors, HubDescriptor hub, HubRequest call) {
        this.runtime = runtime;
        this.errors = errors;
        this.hub = hub;
        this.call = call;
        this.state = new StateTracker(runtime.services().binding(), call.state());
        this.statistics = runtime.services().metrics().calls(hub.name());
    }

    /** Carries the call out on this thread, as far as the method goes before it returns. Fails when there is nothing to answer (protocol §6.1, §6.4). */
    CompletionStage<byte[]> run(HubCallerContext caller) {
        long began = System.nanoTime();
        statistics.begin();
        try {
            return start(caller).whenComplete((answer, failure) -> statistics.complete(System.nanoTime() - began));
        } catch (RuntimeException | Error e) {
            statistics.complete(System.nanoTime() - began);
            throw e;
        }
    }

    private CompletionStage<byte[]> start(HubCallerContext caller) {
        MethodDescriptor method = hub.resolve(call.method(), call.args().size());
        runtime.trace()
                .log(
                        Level.TRACE,
                        () -> "Connection " + caller.connectionId() + " calls " + label(method) + " with "
                                + call.args().size() + " arguments");
        Optional<ProgressReporter> progress = method.takesProgress()
                ? Optional.of(new ProgressReporter(runtime.services(), caller.connectionId(), call.id(), state))
                : Optional.empty();
        List<Object> arguments;
        try {
            arguments = bind(method.parameters(), progress);
        } catch (RuntimeException e) {
            // the binding's or that of a constructor or setter that it called; before the pipeline: modules do not see
            // it (protocol §11)
            runtime.trace().log(Level.DEBUG, hub.name() + ": arguments do not fit.", e);
            return CompletableFuture.completedFuture(failed(e).toUtf8());
        }
        return runtime.services().activator().around(() -> invoke(method, arguments, progress, caller));
    }

    /** An unresolved method has no parameters: its arguments are not looked at. */
    private List<Object> bind(List<Parameter> parameters, Optional<ProgressReporter> progress) {
        List<Object> arguments = new ArrayList<>(parameters.size() + 1);
        for (int i = 0; i < parameters.size(); i++) {
            arguments.add(runtime.services()
                    .binding()
                    .read(call.args().get(i), parameters.get(i).type()));
        }
        progress.ifPresent(arguments::add);
        return Collections.unmodifiableList(arguments);
    }

    private CompletionStage<byte[]> invoke(
            MethodDescriptor method,
            List<Object> arguments,
            Optional<ProgressReporter> progress,
            HubCallerContext caller) {
        Activation activation;
        try {
            activation = runtime.activate(hub, caller, state);
        } catch (RuntimeException | LinkageError e) {
            runtime.trace().log(Level.ERROR, "A hub could not be made: " + hub, e);
            return CompletableFuture.failedStage(e);
        }
        HubIncomingContext context = new HubIncomingContext(hub, activation.hub(), method, arguments, caller, state);
        return Outcomes.start(() -> runtime.stages().incoming().apply(context)).handle((result, failure) -> {
            progress.ifPresent(ProgressReporter::complete);
            runtime.release(hub, activation);
            return respond(method, result, failure);
        });
    }

    private byte[] respond(MethodDescriptor method, Object result, Throwable failure) {
        try {
            HubResponse response = failure == null
                    ? HubResponse.result(call.id(), runtime.services().binding().write(result), changedState())
                    : failed(method, Outcomes.unwrap(failure));
            return response.toUtf8();
        } catch (RuntimeException e) {
            runtime.trace().log(Level.WARNING, "What " + label(method) + " gave cannot be serialized.", e);
            throw new UnserializableResultException(e);
        }
    }

    private RawJson changedState() {
        return state.changes().orElse(null);
    }

    private HubResponse failed(MethodDescriptor method, Throwable failure) {
        if (!isForDevelopers(method, failure)) {
            runtime.trace().log(Level.DEBUG, () -> label(method) + " failed.", failure);
            return failed(failure);
        }
        runtime.trace().log(Level.WARNING, () -> label(method) + " failed.", failure);
        metrics().error(Counter.ERRORS_HUB_INVOCATION, "SignalR.HubDispatcher", label(method) + " failed", failure);
        return answerWith(failure);
    }

    private Metrics metrics() {
        return runtime.services().metrics();
    }

    /** For logs: declared names only, never what a client sent. */
    private String label(MethodDescriptor method) {
        return hub.name() + "." + (method.isResolved() ? method.name() : "?");
    }

    /** Not for them: what was thrown for the client to see, what was given up because a connection is gone, and calls of what is not there or denied. */
    private static boolean isForDevelopers(MethodDescriptor method, Throwable failure) {
        return method.isResolved()
                && !(failure instanceof HubException)
                && !(failure instanceof CancellationException)
                && !(failure instanceof NotAuthorizedException);
    }

    private HubResponse failed(Throwable failure) {
        metrics().countError(Counter.ERRORS_HUB_INVOCATION);
        return answerWith(failure);
    }

    private HubResponse answerWith(Throwable failure) {
        statistics.fail();
        return errors.response(call, failure, changedState());
    }
}
