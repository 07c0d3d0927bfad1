package io.hubwire.load.soak;

import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.TestTransport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A client with one connection: negotiates, connects, starts, takes a seat in a chat room, and then writes what it gets into the ledger. It keeps its cursor and its
 * groups token, and comes back by itself when its channel ends. Belongs to the thread of the loop.
 */
final class SoakClient implements ReceiveChannel.Listener {
    private static final String HUBS =
            "clientProtocol=2.1&connectionData=" + encode("[{\"name\":\"pushhub\"},{\"name\":\"chathub\"}]");
    private static final long BEFORE_RETURN_MILLIS = 500;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Surroundings surroundings;
    private final Person person;
    private final TestTransport transport;
    private final String room;
    private final DeliveryLedger.Receiver receiver;
    private final ReceiveChannel.Path path;
    private final Map<String, CompletableFuture<Void>> calls = new HashMap<>(); // over the WebSocket, by id
    private State state = State.COMING;
    private ReceiveChannel channel; // null before the first; an earlier one's words are not heard any more
    private String token = "";
    private String cursor = "";
    private String groups = "";
    private int nextCall;
    private int callsUnderWay;
    private long heardAt;

    private enum State {
        COMING,
        HERE,
        /** Without a channel, and to be back soon. */
        AWAY,
        GONE
    }

    /** What a client needs, and whom it tells of its life. All of it belongs to the same thread. */
    interface Surroundings {
        SocketLoop loop();

        Requests requests();

        DeliveryLedger ledger();

        /** It is here: started, and in its room. */
        void arrived(SoakClient client);

        /** It could not come, and is gone. */
        void failed(SoakClient client, String why);

        /** Its channel has ended without its doing; it will be back. */
        void endedByServer(SoakClient client, String why);

        void returned(SoakClient client);

        /** Its session at the server has been ended, if the abort was answered. */
        void aborted(SoakClient client);

        void complain(String what);
    }

    SoakClient(
            Surroundings surroundings,
            Person person,
            TestTransport transport,
            String room,
            Set<String> streams,
            ReceiveChannel.Path path,
            String name) {
        this.surroundings = surroundings;
        this.person = person;
        this.transport = transport;
        this.room = room;
        this.receiver = surroundings.ledger().arrive(name, streams);
        this.path = path;
    }

    String room() {
        return room;
    }

    @Override
    public String toString() {
        return receiver + " (" + transport.wireName() + ")";
    }

    boolean isHere() {
        return state == State.HERE;
    }

    boolean isComing() {
        return state == State.COMING;
    }

    boolean isAway() {
        return state == State.AWAY;
    }

    boolean isIdle() {
        return state == State.HERE && callsUnderWay == 0;
    }

    /* --- coming and going --- */

    void come() {
        heardAt = System.nanoTime();
        surroundings
                .requests()
                .get(person.authorization(), "/signalr/negotiate?" + HUBS)
                .whenComplete((body, failure) -> {
                    if (failure != null) {
                        fail(failure.getMessage());
                    } else {
                        token = member(JsonText.parse(body), "ConnectionToken");
                        open("connect");
                    }
                });
    }

    private void open(String operation) {
        if (state == State.GONE) {
            return;
        }
        heardAt = System.nanoTime();
        channel = ReceiveChannel.over(transport, path, this);
        channel.open(query(operation));
    }

    private String query(String operation) {
        return "/signalr/" + operation + "?transport=" + transport.wireName() + "&connectionToken=" + encode(token)
                + "&" + HUBS + (transport == TestTransport.FOREVER_FRAME ? "&frameId=1" : "")
                + (cursor.isEmpty() ? "" : "&messageId=" + encode(cursor))
                + (groups.isEmpty() ? "" : "&groupsToken=" + encode(groups));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String member(JsonText object, String name) {
        return object.get(name).orElseThrow().text();
    }

    /** The channel is open. */
    private void begin() {
        surroundings
                .requests()
                .get(person.authorization(), query("start"))
                .thenCompose(started -> call("chathub", "Join", person.name(), room))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        fail(String.valueOf(failure.getMessage()));
                    } else if (state == State.COMING) {
                        state = State.HERE;
                        surroundings.ledger().expect(receiver);
                        surroundings.arrived(this);
                    }
                });
    }

    private void fail(String why) {
        if (state != State.GONE) {
            depart();
            surroundings.failed(this, why);
        }
    }

    /** Closes the channel, then aborts, as browsers do. */
    void leave() {
        depart();
        surroundings
                .requests()
                .postForm(person.authorization(), query("abort"), "")
                .whenComplete((body, failure) -> {
                    if (failure != null) {
                        surroundings.complain(this + " could not abort: " + failure.getMessage());
                    }
                    surroundings.aborted(this);
                });
    }

    /** Closes the channel without a word, for good. */
    void vanish() {
        depart();
    }

    private void depart() {
        state = State.GONE;
        closeChannel();
        surroundings.ledger().leave(receiver);
    }

    /** Loses its channel, and is back after a while. */
    void drop(long millis) {
        state = State.AWAY;
        closeChannel();
        surroundings.loop().later(millis, () -> open("reconnect"));
    }

    private void closeChannel() {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        List<CompletableFuture<Void>> given = List.copyOf(calls.values());
        calls.clear();
        given.forEach(call -> call.completeExceptionally(new IOException("the channel has ended during a call")));
    }

    /** Takes a channel that has been silent for too long for dead. */
    void checkSilence() {
        if (channel != null && System.nanoTime() - heardAt > SILENCE_NANOS) {
            ended("nothing was heard for a minute");
        }
    }

    /* --- calls --- */

    /** Calls a hub method, over the channel or by a request. Fails when the answer is an error. */
    CompletionStage<Void> call(String hub, String method, Object... arguments) {
        String id = Integer.toString(nextCall++);
        Map<String, Object> request = Map.of("H", hub, "M", method, "A", List.of(arguments), "I", id);
        String json = JsonText.write(request);
        callsUnderWay++;
        return (transport == TestTransport.WEB_SOCKETS ? callOverChannel(id, json) : callByRequest(json))
                .whenComplete((done, failure) -> callsUnderWay--);
    }

    private CompletionStage<Void> callOverChannel(String id, String json) {
        if (channel == null) {
            return CompletableFuture.failedFuture(new IOException("there is no channel to call over"));
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        calls.put(id, answer);
        channel.send(json);
        return answer;
    }

    private CompletionStage<Void> callByRequest(String json) {
        return surroundings
                .requests()
                .postForm(person.authorization(), query("send"), "data=" + encode(json))
                .thenCompose(body -> outcome(JsonText.parse(body)));
    }

    private static CompletionStage<Void> outcome(JsonText response) {
        return response.has("E")
                ? CompletableFuture.failedFuture(new IOException("a call was answered " + response))
                : CompletableFuture.completedFuture(null);
    }

    private void answer(JsonText response) {
        CompletableFuture<Void> call = calls.remove(member(response, "I"));
        if (call == null) {
            surroundings.complain(this + " got an answer to no call: " + response);
            return;
        }
        outcome(response).whenComplete((done, failure) -> {
            if (failure == null) {
                call.complete(null);
            } else {
                call.completeExceptionally(failure);
            }
        });
    }

    /* --- what comes --- */

    @Override
    public void heard() {
        heardAt = System.nanoTime();
        if (state == State.AWAY) {
            state = State.HERE;
            surroundings.returned(this);
        }
    }

    @Override
    public void frame(String json) {
        JsonText frame = JsonText.parse(json);
        if (frame.has("I")) {
            answer(frame);
        } else if (frame.has("C")) {
            cursor = member(frame, "C");
            frame.get("G").map(JsonText::text).filter(text -> !text.isEmpty()).ifPresent(text -> groups = text);
            frame.get("M").orElseThrow().elements().forEach(this::message);
            if (frame.has("S")) {
                begin();
            }
        }
    }

    private void message(JsonText message) {
        List<JsonText> arguments = message.get("A").orElseThrow().elements();
        switch (member(message, "M")) {
            case "addNewMessageToPage" -> received(arguments.get(1).text());
            case "addChatMessageToPage" -> received(member(arguments.get(0), "text"));
            case "broadcastMessage" -> received(member(arguments.get(0), "fileName"));
            default -> {
                // Others come to and leave the room.
            }
        }
    }

    private void received(String text) {
        surroundings.ledger().received(receiver, MessageText.number(text), System.nanoTime());
    }

    @Override
    public void answered() {
        channel.open(query("poll"));
    }

    @Override
    public void ended(String why) {
        switch (state) {
            case COMING -> fail(why);
            case HERE, AWAY -> {
                surroundings.endedByServer(this, why);
                drop(BEFORE_RETURN_MILLIS);
            }
            case GONE -> {
                // It was asked for.
            }
        }
    }
}
