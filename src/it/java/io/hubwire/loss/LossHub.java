package io.hubwire.loss;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hub.Hub;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Passes on what the server reports as lost. */
public class LossHub extends Hub {
    /** Where reports go: a connection id, and what it has lost. */
    static final AtomicReference<BiConsumer<String, ConnectionGap>> REPORTS = new AtomicReference<>((id, gap) -> {});

    @Override
    public CompletionStage<?> onGap(ConnectionGap gap) {
        REPORTS.get().accept(context().connectionId(), gap);
        return CompletableFuture.completedFuture(null);
    }
}
