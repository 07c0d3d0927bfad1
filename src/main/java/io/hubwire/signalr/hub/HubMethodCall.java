package io.hubwire.signalr.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The innermost stage of a call: the method itself. */
final class HubMethodCall {

    private HubMethodCall() {}

    /**
     * Calls the method on this thread, unless its arguments are refused. What it returns is the result, or the stage or future that will have it; a null stage is a result of null. A future
     * that is no stage is waited for here: this is a worker thread, where user code may block.
     */
    static CompletionStage<?> run(ArgumentValidator validator, HubIncomingContext call) {
        return Outcomes.start(() -> result(validator, call));
    }

    private static CompletionStage<?> result(ArgumentValidator validator, HubIncomingContext call) {
        try {
            Object[] arguments = call.arguments().toArray();
            if (call.method().isResolved()) {
                validator.validate(call.instance(), call.method().declaration(), arguments);
            }
            Object returned = call.method().invoke(call.instance(), arguments);
            if (returned instanceof CompletionStage<?> stage) {
                return stage;
            }
            return CompletableFuture.completedFuture(returned instanceof Future<?> future ? await(future) : returned);
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static Object await(Future<?> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException("The call was interrupted while its result was awaited.", e);
        }
    }
}
