package io.hubwire.signalr.bus;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** Where everything runs that users hang on a stage of the bus: never on a loop, and never under a lock of the log. */
final class Completions {
    private final Executor executor;

    Completions(Executor executor) {
        this.executor = executor;
    }

    /** Runs {@code completion} elsewhere; in the common pool if the executor has ended, for nobody may be left waiting. */
    void run(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            ForkJoinPool.commonPool().execute(completion);
        }
    }

    /** The same outcome as {@code stage}; one that is there already is returned as it is. */
    <T> CompletionStage<T> complete(CompletionStage<T> stage) {
        if (stage.toCompletableFuture().isDone()) {
            return stage;
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> run(() -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }
}
