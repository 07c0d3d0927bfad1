package io.hubwire.guest.app;

import io.hubwire.signalr.hub.GlobalHost;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The one hub. Notes its events for clients to ask about, since nobody outside of the server can. */
@HubName("guest")
public class GuestHub extends Hub {
    private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();

    public String echo(String text) {
        return text;
    }

    /** A value that is bound without JSON-B. */
    public record Point(int x, int y) {}

    public Point mirror(Point point) {
        return new Point(point.y(), point.x());
    }

    public void toAll(String text) {
        clients().all().invoke("message", text);
    }

    public void toOthers(String text) {
        clients().others().invoke("message", text);
    }

    public void toCaller(String text) {
        clients().caller().invoke("message", text);
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

    /** Calls everybody as code does that is no hub. */
    public void announce(String text) {
        GlobalHost.connectionManager()
                .hubContext(GuestHub.class)
                .clients()
                .all()
                .invoke("message", text);
    }

    /** What has happened to a connection so far, oldest first. */
    public List<String> eventsOf(String connectionId) {
        return EVENTS.stream()
                .filter(event -> event.startsWith(connectionId + " "))
                .map(event -> event.substring(connectionId.length() + 1))
                .toList();
    }

    /** Whether the application can see a class. */
    public boolean sees(String className) {
        try {
            Class.forName(className, false, GuestHub.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    /** Whether the class loader of a neighbour, which has been undeployed, is gone; false as long as it is not. */
    public boolean isCollected(String contextPath) {
        System.gc();
        return Presence.isGone(contextPath);
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
        return note("disconnected " + stopCalled);
    }

    private CompletionStage<?> note(String event) {
        EVENTS.add(context().connectionId() + " " + event);
        return CompletableFuture.completedFuture(null);
    }
}
