package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An application that writes down what it is told, and answers a call by what came. */
final class StoryEndpoint implements ConnectionEndpoint {
    private final List<String> story;
    private CompletionStage<?> answer = CompletableFuture.completedStage(null);

    StoryEndpoint(List<String> story) {
        this.story = story;
    }

    /** What becomes of events from here on. */
    void answers(CompletionStage<?> stage) {
        answer = stage;
    }

    private CompletionStage<?> told(String what) {
        story.add(what);
        return answer;
    }

    @Override
    public CompletionStage<?> onConnected(ConnectionRequest request) {
        return told("onConnected");
    }

    @Override
    public CompletionStage<?> onReconnected(ConnectionRequest request) {
        return told(
                "onReconnected" + request.gap().map(gap -> " after " + gap.to()).orElse(""));
    }

    @Override
    public CompletionStage<?> onDisconnected(ConnectionRequest request, boolean stopCalled) {
        return told(stopCalled ? "onDisconnected: stopped" : "onDisconnected: vanished");
    }

    @Override
    public CompletionStage<?> onGap(ConnectionRequest request, ConnectionGap gap) {
        return told("onGap to " + gap.to());
    }

    /** Called as the call {@code publishing} runs. */
    Runnable onPublishing = () -> {};

    /** Completes the call {@code later}. */
    final CompletableFuture<Optional<byte[]>> later = new CompletableFuture<>();

    /** Echoes, but for {@code silent}, {@code broken}, {@code unserializable} and {@code later}. */
    @Override
    public CompletionStage<Optional<byte[]>> onReceived(ConnectionRequest request, String data) {
        return switch (data) {
            case "silent" -> CompletableFuture.completedStage(Optional.empty());
            case "later" -> later;
            case "publishing" -> {
                onPublishing.run();
                yield CompletableFuture.completedStage(Optional.of(data.getBytes(StandardCharsets.UTF_8)));
            }
            case "broken" -> CompletableFuture.failedStage(new IllegalStateException("planted"));
            case "unserializable" ->
                CompletableFuture.failedStage(new UnserializableResultException(new IllegalStateException("planted")));
            default -> CompletableFuture.completedStage(Optional.of(data.getBytes(StandardCharsets.UTF_8)));
        };
    }

    @Override
    public boolean answer(HostExchange exchange) {
        return false;
    }

    @Override
    public Admission admit(HostRequest request) {
        return new Admission.Granted(this);
    }

    @Override
    public List<String> signals(ConnectionRequest request) {
        return List.of();
    }

    @Override
    public List<String> rejoin(ConnectionRequest request, List<String> groups) {
        return groups;
    }
}
