package io.hubwire.signalr.hub;

import io.hubwire.signalr.hub.HubActivator.Activation;
import io.hubwire.signalr.metrics.Counter;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Tells all hubs of a connection what has become of it (protocol §6.9). */
final class HubEvents {

    private final HubRuntime runtime;

    HubEvents(HubRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Tells each hub, all at a time: the first one on this thread, the others on workers as far as there are free ones. A hub that cannot be made is passed
     * over. The stage completes when all are done, with the failure of the first hub that failed, if any.
     */
    CompletionStage<?> raise(
            List<HubDescriptor> hubs, HubCallerContext caller, Function<HubEventContext, CompletionStage<?>> event) {
        List<CompletableFuture<?>> told = new ArrayList<>();
        for (HubDescriptor hub : hubs.subList(Math.min(1, hubs.size()), hubs.size())) {
            told.add(onWorker(() -> tell(hub, caller, event)));
        }
        if (!hubs.isEmpty()) {
            told.add(0, tell(hubs.get(0), caller, event).toCompletableFuture());
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
                .handle((done, failure) -> null)
                .thenCompose(done -> firstFailure(told));
    }

    private static CompletionStage<?> firstFailure(List<CompletableFuture<?>> told) {
        for (CompletableFuture<?> outcome : told) {
            if (outcome.isCompletedExceptionally()) {
                return outcome;
            }
        }
        return Outcomes.done();
    }

    private interface Telling {
        CompletionStage<?> start();
    }

    private CompletableFuture<?> onWorker(Telling telling) {
        try {
            return CompletableFuture.supplyAsync(
                            telling::start, runtime.services().workers())
                    .thenCompose(stage -> stage);
        } catch (RejectedExecutionException e) {
            return telling.start().toCompletableFuture();
        }
    }

    private CompletionStage<?> tell(
            HubDescriptor hub, HubCallerContext caller, Function<HubEventContext, CompletionStage<?>> event) {
        return runtime.services().activator().around(() -> {
            Activation activation;
            try {
                activation = runtime.activate(
                        hub, caller, new StateTracker(runtime.services().binding(), null));
            } catch (RuntimeException | LinkageError e) {
                runtime.trace().log(Level.ERROR, "A hub could not be made and does not get its events: " + hub, e);
                runtime.services()
                        .metrics()
                        .error(Counter.ERRORS_ALL, "SignalR.HubDispatcher", hub.name() + " could not be made", e);
                return Outcomes.done();
            }
            return Outcomes.start(() -> event.apply(new HubEventContext(hub, activation.hub(), caller)))
                    .whenComplete((done, failure) -> runtime.release(hub, activation));
        });
    }
}
