package io.hubwire.conformance;

import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.HubMethodName;
import io.hubwire.signalr.hub.HubName;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the vectors call (protocol §19.4). Notes its events for the tests to read. */
@HubName("demo")
public class DemoHub extends Hub {
    private static final Map<String, List<String>> EVENTS = new ConcurrentHashMap<>();
    private static final Map<String, CompletableFuture<String>> HELD = new ConcurrentHashMap<>();

    /** What has happened to a connection so far, oldest first. */
    static List<String> eventsOf(String connectionId) {
        return List.copyOf(EVENTS.getOrDefault(connectionId, List.of()));
    }

    /* --- results --- */

    @HubMethodName("Overload")
    public void overload() {}

    @HubMethodName("Overload")
    public int overload(int n) {
        return n;
    }

    @HubMethodName("UnsupportedOverload")
    public String unsupportedOverload(String text) {
        return text;
    }

    @HubMethodName("UnsupportedOverload")
    public String unsupportedOverload(int number) {
        return Integer.toString(number);
    }

    public String echoReturn(String text) {
        return text;
    }

    public String inlineScriptTag() {
        return "<script>alert(\"</script>\")</script>";
    }

    public boolean falseResult() {
        return false;
    }

    public int zeroResult() {
        return 0;
    }

    public String emptyResult() {
        return "";
    }

    public String nullResult() {
        return null;
    }

    public CompletionStage<Integer> genericTask() {
        return CompletableFuture.supplyAsync(() -> 4);
    }

    public Object unserializable() {
        return new Circle();
    }

    /** Contains itself. */
    public static final class Circle {
        public Circle getSelf() {
            return this;
        }
    }

    /** Does not end until {@link #release} is called with the same name; a name is good for once. */
    public CompletionStage<String> hold(String name) {
        return HELD.computeIfAbsent(name, unknown -> new CompletableFuture<>());
    }

    public void release(String name) {
        HELD.computeIfAbsent(name, unknown -> new CompletableFuture<>()).complete(name);
    }

    /** Like {@link #hold}, but keeps the thread. */
    public String block(String name) {
        return HELD.computeIfAbsent(name, unknown -> new CompletableFuture<>()).join();
    }

    static void lift(String name) {
        HELD.computeIfAbsent(name, unknown -> new CompletableFuture<>()).complete(name);
    }

    /* --- arguments --- */

    public int echoInt(int value) {
        return value;
    }

    public Integer echoInteger(Integer value) {
        return value;
    }

    public UUID echoGuid(UUID value) {
        return value;
    }

    public DayOfWeek echoDay(DayOfWeek value) {
        return value;
    }

    public Instant echoInstant(Instant value) {
        return value;
    }

    public byte[] echoBytes(byte[] value) {
        return value;
    }

    /** Looks at the bytes, so that text which is only passed through is found out. */
    public int sumOfBytes(byte[] value) {
        int sum = 0;
        for (byte one : value) {
            sum += one;
        }
        return sum;
    }

    public int[] echoInts(int[] value) {
        return value;
    }

    public DateHolder echoDateHolder(DateHolder value) {
        return value;
    }

    /** Text that looks like a date. */
    public static final class DateHolder {
        @JsonbProperty("DateAsString")
        private String dateAsString;

        public String getDateAsString() {
            return dateAsString;
        }

        public void setDateAsString(String value) {
            dateAsString = value;
        }
    }

    /* --- errors --- */

    public void synchronousException() {
        throw new IllegalStateException("synchronous exception");
    }

    public CompletionStage<Integer> genericTaskWithException() {
        return CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("exception of a task");
        });
    }

    public void hubException() {
        throw new HubException("message", "errorData");
    }

    public void hubExceptionWithoutErrorData() {
        throw new HubException("message");
    }

    public CompletionStage<String> cancelledTask() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        return cancelled;
    }

    /* --- to clients --- */

    /** {@code signal(text)} of whom {@code selector} selects. */
    public CompletionStage<Void> send(String selector, List<String> names, List<String> excluded, String text) {
        return switch (selector) {
            case "caller" -> clients().caller().invoke("signal", text);
            case "others" -> clients().others().invoke("signal", text);
            case "othersInGroup" -> clients().othersInGroup(names.get(0)).invoke("signal", text);
            case "othersInGroups" -> clients().othersInGroups(names).invoke("signal", text);
            default -> send(clients(), selector, names, excluded, text);
        };
    }

    /** The selectors that need no caller. */
    static CompletionStage<Void> send(
            HubClients<ClientProxy> clients, String selector, List<String> names, List<String> excluded, String text) {
        String[] exclude = excluded.toArray(String[]::new);
        ClientProxy selected =
                switch (selector) {
                    case "all" -> clients.all();
                    case "allExcept" -> clients.allExcept(exclude);
                    case "client" -> clients.client(names.get(0));
                    case "clients" -> clients.clients(names);
                    case "group" -> clients.group(names.get(0), exclude);
                    case "groups" -> clients.groups(names, exclude);
                    case "user" -> clients.user(names.get(0));
                    case "users" -> clients.users(names);
                    default -> throw new IllegalArgumentException("no such selector: " + selector);
                };
        return selected.invoke("signal", text);
    }

    /** Sends {@code 0…count-1} to everybody, then returns. */
    public void signalMany(int count) {
        for (int i = 0; i < count; i++) {
            clients().all().invoke("signal", i);
        }
    }

    /** Sends {@code 0…count-1} by turns to everybody, the caller and a group. */
    public void signalManyWays(String group, int count) {
        for (int i = 0; i < count; i++) {
            switch (i % 3) {
                case 0 -> clients().all().invoke("signal", i);
                case 1 -> clients().caller().invoke("signal", i);
                default -> clients().group(group).invoke("signal", i);
            }
        }
    }

    /** Sends before it returns. */
    public int signalCallerAndReturn(int number) {
        clients().caller().invoke("signal", number);
        return number;
    }

    /* --- groups --- */

    public CompletionStage<Void> join(String group) {
        return groups().add(context().connectionId(), group);
    }

    public CompletionStage<Void> leave(String group) {
        return groups().remove(context().connectionId(), group);
    }

    public CompletionStage<Void> joinOther(String connectionId, String group) {
        return groups().add(connectionId, group);
    }

    /* --- events --- */

    @Override
    public CompletionStage<?> onConnected() {
        note("connected");
        return super.onConnected();
    }

    @Override
    public CompletionStage<?> onReconnected() {
        note("reconnected" + context().gap().map(DemoHub::size).orElse(""));
        return super.onReconnected();
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        note("disconnected " + stopCalled);
        return super.onDisconnected(stopCalled);
    }

    @Override
    public CompletionStage<?> onGap(ConnectionGap gap) {
        note("gap" + size(gap));
        return super.onGap(gap);
    }

    private static String size(ConnectionGap gap) {
        return " missing "
                + (gap.count().isPresent() ? Long.toString(gap.count().getAsLong()) : "unknown");
    }

    private void note(String event) {
        EVENTS.computeIfAbsent(context().connectionId(), unknown -> new CopyOnWriteArrayList<>())
                .add(event);
    }
}
