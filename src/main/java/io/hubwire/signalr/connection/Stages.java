package io.hubwire.signalr.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Starts user code that answers with a stage, so that what it throws is a failed stage as well. */
final class Stages {
    private Stages() {}

    @SuppressWarnings(
            "unchecked") // a stage of anything can be observed as a stage of T when T is what the caller put in
    static <T> CompletionStage<T> start(Supplier<? extends CompletionStage<? extends T>> code) {
        try {
            return (CompletionStage<T>) code.get();
        } catch (RuntimeException | Error failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
