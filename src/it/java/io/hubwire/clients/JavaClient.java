package io.hubwire.clients;

import static io.hubwire.clients.Story.patiently;

import com.github.signalr4j.client.ConnectionState;
import com.github.signalr4j.client.NullLogger;
import com.github.signalr4j.client.SignalRFuture;
import com.github.signalr4j.client.hubs.HubConnection;
import com.github.signalr4j.client.hubs.HubProxy;
import com.github.signalr4j.client.transport.ClientTransport;
import com.github.signalr4j.client.transport.ServerSentEventsTransport;
import com.google.gson.JsonElement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** signalr4j, which is the Java client of protocol 1.3. */
final class JavaClient implements StoryClient {
    private static final int PATIENCE_SECONDS = 30;
    private static final int MOST_REPETITIONS = 3;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ClientTransport transport;
    private final HubConnection connection;
    private final HubProxy hub;

    /** @param teller as it stands in a query string */
    JavaClient(int port, String teller, ClientTransport transport) {
        this.transport = transport;
        connection =
                new HubConnection("http://127.0.0.1:" + port + "/signalr", "teller=" + teller, false, new NullLogger());
        hub = connection.createHubProxy("story");
        hub.on(
                "message",
                (to, text) -> {
                    if (to.equals(teller)) {
                        received.add(text);
                    }
                },
                String.class,
                String.class);
    }

    @Override
    public void start() {
        done("start", connection.start(transport));
    }

    @Override
    public String transport() {
        return transport.getName();
    }

    @Override
    public String invoke(String method, Object... arguments) {
        JsonElement result = answer(method, arguments);
        return result == null ? "" : result.getAsString();
    }

    /** The second stream of {@link #received} makes the client give up the calls under way; an application would call again, and so does this one, in reason. */
    private JsonElement answer(String method, Object... arguments) {
        for (int left = transport instanceof ServerSentEventsTransport ? MOST_REPETITIONS : 0; left > 0; left--) {
            try {
                return done(method, hub.invoke(JsonElement.class, method, arguments));
            } catch (AssertionError failed) {
                if (!isGivenUp(failed)) {
                    throw failed;
                }
                comeBack();
            }
        }
        return done(method, hub.invoke(JsonElement.class, method, arguments));
    }

    private static boolean isGivenUp(AssertionError failed) {
        return failed.getCause() instanceof ExecutionException given
                && given.getCause() != null
                && "Reconnecting".equals(given.getCause().getMessage());
    }

    /**
     * Over serverSentEvents the client opens two streams for one loss, both with the message id that it had, and hands on what both of them bring.
     */
    @Override
    public List<String> received() {
        return transport instanceof ServerSentEventsTransport
                ? received.stream().distinct().toList()
                : List.copyOf(received);
    }

    @Override
    public void comeBack() {
        patiently("the client to be connected again").until(() -> connection.getState() == ConnectionState.Connected);
    }

    @Override
    public void stop() {
        connection.stop();
    }

    @Override
    public void close() {
        connection.stop();
    }

    private static <T> T done(String what, SignalRFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what, e);
        }
    }
}
