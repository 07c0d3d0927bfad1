package io.hubwire.signalr.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** What becomes of user code: however it fails, a failed stage; and a null stage means done. */
final class Outcomes {

    private Outcomes() {}

    /** A stage that is complete, without a value. */
    static <T> CompletionStage<T> done() {
        return CompletableFuture.completedFuture(null);
    }

    /** Runs {@code code} now. What it throws and a failed stage look the same from here on. */
    // whatever user code throws is its outcome, linkage and assertion errors included
    @SuppressWarnings("unchecked") // a stage of a wildcard gives objects, which is all that is asked of it
    static CompletionStage<Object> start(Supplier<? extends CompletionStage<?>> code) {
        try {
            CompletionStage<?> stage = code.get();
            return stage == null ? done() : (CompletionStage<Object>) stage;
        } catch (Throwable failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    /** The exception that was thrown, without what futures wrap around it; a cause that its author gave it stays inside (capture 06019). */
    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
