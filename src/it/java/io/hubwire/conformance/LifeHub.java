package io.hubwire.conformance;

import io.hubwire.signalr.hub.Hub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A hub that notes its events, and whose connect event does what the query parameter {@code onconnected} says: {@code throw}, {@code send} two messages to
 * the caller, or {@code wait} until the test opens the gate.
 */
public class LifeHub extends Hub {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
    private static final Map<String, CompletableFuture<Void>> GATES = new ConcurrentHashMap<>();

    /** What has happened to a connection so far, oldest first, on whatever server. */
    static List<String> eventsOf(String connectionId) {
        return EVENTS.stream()
                .filter(event -> event.startsWith(connectionId + " "))
                .map(event -> event.substring(connectionId.length() + 1))
                .toList();
    }

    /** What a connection waits for. */
    static CompletableFuture<Void> gate(String connectionId) {
        return GATES.computeIfAbsent(connectionId, id -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onConnected() {
        note("connected");
        return switch (context().queryString().text("onconnected")) {
            case "throw" -> throw new IllegalStateException("planted");
            case "wait" -> gate(context().connectionId());
            case "send" ->
                clients().caller().invoke("message", "one").thenCompose(sent -> clients()
                        .caller()
                        .invoke("message", "two"));
            default -> CompletableFuture.completedFuture(null);
        };
    }

    @Override
    public CompletionStage<?> onReconnected() {
        note(context().gap().isPresent() ? "reconnected with a gap" : "reconnected");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        note("disconnected " + stopCalled);
        return CompletableFuture.completedFuture(null);
    }

    public String echo(String text) {
        return text;
    }

    public int lengthOf(String text) {
        return text.length();
    }

    public CompletionStage<Void> join(String group) {
        return groups().add(context().connectionId(), group);
    }

    /** Answers when the test opens the gate. */
    public CompletionStage<String> waitForGate() {
        note("waiting");
        return gate(context().connectionId()).thenApply(open -> "gone on");
    }

    /** What the connection keeps on its node: set by the first call, read by the next. */
    public String remember(String text) {
        Object before = context().items().put("remembered", text);
        return before == null ? "nothing" : before.toString();
    }

    private void note(String event) {
        EVENTS.add(context().connectionId() + " " + event);
    }
}
