package io.hubwire.examples;

import io.hubwire.signalr.hub.Hub;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The life of a connection: a group for each user, and a record of who is here. */
public class PresenceHub extends Hub {
    private static final Map<String, Set<String>> ONLINE = new ConcurrentHashMap<>();

    static Set<String> connectionsOf(String user) {
        return Set.copyOf(ONLINE.getOrDefault(user, Set.of()));
    }

    @Override
    public CompletionStage<?> onConnected() {
        return markOnline();
    }

    @Override
    public CompletionStage<?> onReconnected() {
        return markOnline();
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        ONLINE.computeIfPresent(user(), (user, connections) -> {
            connections.remove(context().connectionId());
            return connections.isEmpty() ? null : connections;
        });
        return CompletableFuture.completedFuture(null);
    }

    /** By the group that is named after the user, on whatever node the user's pages are. */
    public void whisper(String user, String text) {
        clients().group(user).invoke("whispered", user(), text);
    }

    /** By the user's name: the same without a group. */
    public void tell(String user, String text) {
        clients().user(user).invoke("told", user(), text);
    }

    private CompletionStage<Void> markOnline() {
        ONLINE.computeIfAbsent(user(), unknown -> ConcurrentHashMap.newKeySet())
                .add(context().connectionId());
        return groups().add(context().connectionId(), user());
    }

    private String user() {
        return context().user().map(user -> user.getName()).orElse("nobody");
    }
}
