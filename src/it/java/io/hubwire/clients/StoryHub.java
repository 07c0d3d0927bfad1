package io.hubwire.clients;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hub that every client talks to. Notes its events for the tests to read. */
@HubName("story")
public class StoryHub extends Hub {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    /** What has happened to the client that gave this name in its query string, oldest first. */
    static List<String> eventsOf(String teller) {
        return EVENTS.stream()
                .filter(event -> event.startsWith(teller + ": "))
                .map(event -> event.substring(teller.length() + 2))
                .toList();
    }

    public String greet(String name) {
        return "Hello, " + name;
    }

    public int add(int a, int b) {
        return a + b;
    }

    public void toAll(String teller, String text) {
        clients().all().invoke("message", teller, text);
    }

    public void toGroup(String teller, String text) {
        clients().group(teller).invoke("message", teller, text);
    }

    public CompletionStage<Void> join(String teller) {
        return groups().add(context().connectionId(), teller);
    }

    public CompletionStage<Void> leave(String teller) {
        return groups().remove(context().connectionId(), teller);
    }

    @Override
    public CompletionStage<?> onConnected() {
        return note("connected");
    }

    @Override
    public CompletionStage<?> onReconnected() {
        return note("reconnected");
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        return note(stopCalled ? "stopped" : "lost");
    }

    @Override
    public CompletionStage<?> onGap(ConnectionGap gap) {
        return note("gap");
    }

    private CompletionStage<?> note(String event) {
        EVENTS.add(context().request().query().text("teller") + ": " + event);
        return CompletableFuture.completedFuture(null);
    }
}
