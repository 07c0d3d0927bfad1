package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.SignalPublisher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was published, unless it is told to forget. */
final class RecordingPublisher implements SignalPublisher {

    record Publication(String signal, String payload, Set<String> exclusions) {}

    private final List<Publication> published = new CopyOnWriteArrayList<>();
    private final List<String> memberships = new CopyOnWriteArrayList<>();
    private boolean forgetful;
    private CompletionStage<Void> outcome = CompletableFuture.completedStage(null);

    List<Publication> published() {
        return published;
    }

    /** {@code +id signal}, {@code -id signal} and, for one that was disconnected, {@code !id}, in order. */
    List<String> memberships() {
        return memberships;
    }

    void forget() {
        forgetful = true;
    }

    void failWith(RuntimeException failure) {
        outcome = CompletableFuture.failedStage(failure);
    }

    @Override
    public CompletionStage<Void> publish(String signal, byte[] payload, Set<String> exclusions) {
        if (!forgetful) {
            published.add(new Publication(signal, new String(payload, StandardCharsets.UTF_8), exclusions));
        }
        return outcome;
    }

    @Override
    public CompletionStage<Void> join(String connectionId, String group) {
        memberships.add("+" + connectionId + " " + group);
        return outcome;
    }

    @Override
    public CompletionStage<Void> leave(String connectionId, String group) {
        memberships.add("-" + connectionId + " " + group);
        return outcome;
    }

    @Override
    public CompletionStage<Void> disconnect(String connectionId) {
        memberships.add("!" + connectionId);
        return outcome;
    }
}
