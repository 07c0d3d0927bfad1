package io.hubwire.contract;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hub.Hub;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hub that the contract calls. Notes its events for the tests to read. */
public class ContractHub extends Hub {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    /** What has happened to a connection so far, oldest first. */
    static List<String> eventsOf(String connectionId) {
        return EVENTS.stream()
                .filter(event -> event.startsWith(connectionId + " "))
                .map(event -> event.substring(connectionId.length() + 1))
                .toList();
    }

    static void forgetEvents() {
        EVENTS.clear();
    }

    public String echo(String text) {
        return text;
    }

    /** What the client's own query parameter was on the request that this call came by. */
    public String queryValue(String name) {
        return context().queryString().text(name);
    }

    public void toAll(String text) {
        clients().all().invoke("message", text);
    }

    public void toCaller(String text) {
        clients().caller().invoke("message", text);
    }

    /** A message that is longer than one a client may send. */
    public void repeatToCaller(String text, int times) {
        clients().caller().invoke("message", text.repeat(times));
    }

    public void toOthers(String text) {
        clients().others().invoke("message", text);
    }

    public void toGroup(String group, String text) {
        clients().group(group).invoke("message", text);
    }

    public CompletionStage<Void> join(String group) {
        return groups().add(context().connectionId(), group);
    }

    public CompletionStage<Void> leave(String group) {
        return groups().remove(context().connectionId(), group);
    }

    /** Waits on this thread for what only another thread can complete. */
    public String joinAndWait(String group) {
        groups().add(context().connectionId(), group).toCompletableFuture().join();
        return "joined " + group;
    }

    /** For tests that see the server from outside only. */
    public List<String> events(String connectionId) {
        return eventsOf(connectionId);
    }

    @Override
    public CompletionStage<?> onConnected() {
        note("connected");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onReconnected() {
        note(context()
                .gap()
                .map(gap -> "reconnected with a gap of " + size(gap))
                .orElse("reconnected"));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        note("disconnected " + stopCalled);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onGap(ConnectionGap gap) {
        note("gap of " + size(gap));
        return CompletableFuture.completedFuture(null);
    }

    private static String size(ConnectionGap gap) {
        return gap.count().isPresent() ? Long.toString(gap.count().getAsLong()) : "unknown size";
    }

    private void note(String event) {
        EVENTS.add(context().connectionId() + " " + event);
    }
}
