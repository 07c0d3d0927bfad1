package io.hubwire.loss;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.TestTransport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client that keeps its cursor and its groups token, comes back whenever it is cut off, and writes what it receives into the ledger. It has no thread
 * of its own. Every request goes to the next server.
 */
final class LossClient {
    private static final String DATA = "[{\"name\":\"losshub\"}]";
    private static final String EVENT = "data: ";
    private static final String SCRIPT = "<script>r(c, ";
    private static final String SCRIPT_END = ");</script>";
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final ClientNetwork network;
    private final TestTransport transport;
    private final CompletableFuture<Void> initialized = new CompletableFuture<>();

    // guarded by this
    private String token = "";
    private String connectionId = "";
    private String cursor = "";
    private String groups = "";
    private int turn;
    private int channel; // counts; what an earlier one says is not heard any more
    private Runnable closer = () -> {};
    private long heardAt;
    private boolean away; // cut off, and not back yet
    private boolean stopped;

    LossClient(ClientNetwork network, TestTransport transport, int number) {
        this.network = network;
        this.transport = transport;
        this.turn = number;
    }

    String connectionId() {
        synchronized (this) {
            return connectionId;
        }
    }

    @Override
    public String toString() {
        synchronized (this) {
            return connectionId + " " + transport.wireName() + " channel " + channel + " at " + cursor
                    + (away ? " away" : " heard " + (System.nanoTime() - heardAt) / 1_000_000 + " ms ago");
        }
    }

    /** Negotiates, connects and starts. */
    CompletionStage<Void> start() {
        return call("negotiate", "").thenCompose(body -> {
            JsonText answer = JsonText.parse(body);
            synchronized (this) {
                token = answer.get("ConnectionToken").orElseThrow().text();
                connectionId = answer.get("ConnectionId").orElseThrow().text();
            }
            open("connect");
            return initialized.thenCompose(nothing -> call("start", session())).thenAccept(started -> {});
        });
    }

    /** Tells a server that this client is done. */
    CompletionStage<Void> abort() {
        Runnable close;
        synchronized (this) {
            stopped = true;
            channel++;
            close = closer;
        }
        close.run();
        return call("abort", session()).thenAccept(done -> {});
    }

    /** Takes a channel that has been silent for too long for dead. */
    void checkSilence() {
        int current;
        synchronized (this) {
            if (stopped || away || System.nanoTime() - heardAt < SILENCE_NANOS) {
                return;
            }
            current = channel;
        }
        ended(current);
    }

    private CompletionStage<String> call(String operation, String query) {
        HttpRequest request =
                HttpRequest.newBuilder(uri("http", operation, query)).build();
        return network.http()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> {
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException(operation + " was answered " + answer.statusCode());
                    }
                    return answer.body();
                });
    }

    private URI uri(String scheme, String operation, String query) {
        synchronized (this) {
            return URI.create(scheme + "://127.0.0.1:" + network.port(turn++) + "/signalr/" + operation
                    + "?clientProtocol=2.1&connectionData=" + encode(DATA) + query);
        }
    }

    private String session() {
        synchronized (this) {
            return "&transport=" + transport.wireName() + "&connectionToken=" + encode(token);
        }
    }

    private String place() {
        synchronized (this) {
            return (cursor.isEmpty() ? "" : "&messageId=" + encode(cursor))
                    + (groups.isEmpty() ? "" : "&groupsToken=" + encode(groups));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    // --- the channel ---

    private void open(String operation) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            int mine = ++channel;
            away = false;
            heardAt = System.nanoTime();
            String query = session() + (transport == TestTransport.FOREVER_FRAME ? "&frameId=1" : "") + place();
            if (transport == TestTransport.WEB_SOCKETS) {
                openSocket(mine, uri("ws", operation, query));
            } else {
                openBody(mine, uri("http", operation, query));
            }
        }
    }

    private void openSocket(int mine, URI uri) {
        CompletionStage<WebSocket> opening =
                network.http().newWebSocketBuilder().buildAsync(uri, new SocketReader(mine));
        closer = () -> opening.thenAccept(WebSocket::abort);
        opening.whenComplete((socket, failure) -> {
            if (failure != null) {
                ended(mine);
            }
        });
    }

    private void openBody(int mine, URI uri) {
        BodyReader reader = new BodyReader(() -> heard(mine), line -> line(mine, line));
        CompletableFuture<HttpResponse<Void>> answer = network.http()
                .sendAsync(
                        HttpRequest.newBuilder(uri).build(),
                        info -> HttpResponse.BodySubscribers.fromSubscriber(reader));
        closer = () -> {
            reader.cancel();
            answer.cancel(true);
        };
        CompletionStage<HttpResponse<Void>> end = answer;
        end.whenComplete((response, failure) -> bodyEnded(mine, reader, response, failure));
    }

    private void bodyEnded(int mine, BodyReader reader, HttpResponse<Void> response, Throwable failure) {
        if (failure == null && response.statusCode() != 200) {
            network.ledger().complain(transport.wireName() + " was answered " + response.statusCode());
        }
        if (failure == null && response.statusCode() == 200 && transport == TestTransport.LONG_POLLING) {
            if (payload(mine, reader.rest().strip())) {
                open("poll");
            }
        } else {
            ended(mine);
        }
    }

    private void line(int mine, String line) {
        String text = line.strip();
        if (transport == TestTransport.SERVER_SENT_EVENTS && text.startsWith(EVENT + "{")) {
            payload(mine, text.substring(EVENT.length()));
        } else if (transport == TestTransport.FOREVER_FRAME && text.startsWith(SCRIPT) && text.endsWith(SCRIPT_END)) {
            payload(mine, text.substring(SCRIPT.length(), text.length() - SCRIPT_END.length()));
        }
    }

    private void heard(int mine) {
        synchronized (this) {
            if (mine == channel) {
                heardAt = System.nanoTime();
            }
        }
    }

    /** The channel is over; comes back after a while. */
    private void ended(int mine) {
        Runnable close;
        synchronized (this) {
            if (mine != channel || stopped) {
                return;
            }
            channel++;
            away = true;
            close = closer;
        }
        network.later(network.millisAway(), () -> open("reconnect"));
        close.run(); // not under the lock: it takes those of the HTTP client
    }

    /** @return whether it came from the current channel */
    private boolean payload(int mine, String text) {
        JsonText frame = JsonText.parse(text);
        synchronized (this) {
            if (mine != channel) {
                return false;
            }
            heardAt = System.nanoTime();
            if (frame.has("C")) {
                frame.get("M").orElseThrow().elements().forEach(this::message);
                cursor = frame.get("C").orElseThrow().text();
                frame.get("G").ifPresent(token -> groups = token.text());
            }
        }
        if (frame.has("S")) {
            initialized.complete(null);
        }
        return true;
    }

    private void message(JsonText message) {
        List<JsonText> arguments = message.get("A").orElseThrow().elements();
        network.ledger()
                .received(
                        connectionId,
                        arguments.get(0).text(),
                        Long.parseLong(arguments.get(1).raw()));
    }

    private final class SocketReader implements WebSocket.Listener {
        private final int mine;
        private final StringBuilder parts = new StringBuilder();

        SocketReader(int mine) {
            this.mine = mine;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                payload(mine, text);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            ended(mine);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended(mine);
        }
    }
}
