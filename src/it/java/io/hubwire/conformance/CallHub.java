package io.hubwire.conformance;

import io.hubwire.signalr.hub.CallerProxy;
import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.HubMethodName;
import io.hubwire.signalr.hub.HubName;
import io.hubwire.signalr.hub.Progress;
import io.hubwire.signalr.protocol.RawJson;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** What a hub can do in a call, for the tests of calls. */
@HubName("calls")
public class CallHub extends Hub {
    private static final List<String> ENDED = new CopyOnWriteArrayList<>();
    private static volatile Progress<Integer> kept;

    /** Something with parts. */
    public record Point(int x, double y) {}

    /** One of few. */
    public enum Colour {
        RED,
        GREEN
    }

    /** What the items of connections that have ended were, by connection id. */
    static Stream<String> ended(String connectionId) {
        return ENDED.stream().filter(line -> line.startsWith(connectionId));
    }

    /* --- state --- */

    @HubMethodName("ReadStateValue")
    public Object readStateValue() {
        return clients().caller().get("name");
    }

    @HubMethodName("SetStateValue")
    public String setStateValue(String value) {
        clients().caller().set("Company", value);
        return value;
    }

    public int countUp() {
        CallerProxy caller = clients().caller();
        int next = caller.get("count", int.class) + 1;
        caller.set("count", next);
        return next;
    }

    public void callCallerAndAll() {
        clients().caller().set("step", 1);
        clients().caller().invoke("toCaller");
        clients().all().invoke("toAll");
    }

    public void setAndFail() {
        clients().caller().set("Company", "kept");
        throw new HubException("failed", Map.of("code", 7));
    }

    /* --- progress --- */

    @HubMethodName("ReportProgressInt")
    public void reportProgressInt(Progress<Integer> progress) {
        progress.report(100);
    }

    public CompletionStage<String> reportMany(int count, Progress<Point> progress) {
        CompletionStage<Void> last = CompletableFuture.completedStage(null);
        for (int i = 0; i < count; i++) {
            last = progress.report(new Point(i, 0.5));
        }
        return last.thenApply(sent -> "done");
    }

    public void reportWithState(Progress<String> progress) {
        clients().caller().set("step", 1);
        progress.report("half");
    }

    public void keepProgress(Progress<Integer> progress) {
        kept = progress;
    }

    public void useKeptProgress() {
        kept.report(99);
    }

    /* --- context --- */

    public Map<String, Object> who() {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("id", context().connectionId());
        known.put("query", context().queryString().values("MULTI"));
        known.put("joined", context().queryString().text("Multi"));
        known.put("headers", context().headers("x-custom"));
        known.put("cookie", context().cookies().get("ck"));
        known.put("user", context().user().map(Principal::getName));
        known.put("claims", context().claims("department"));
        known.put("transport", context().transport().wireName());
        known.put("address", context().remoteAddress());
        known.put("attribute", context().attribute("io.hubwire.test").orElse(null));
        return known;
    }

    public List<Object> remember(String word) {
        context().items().merge("words", List.of(word), CallHub::joined);
        return List.of(context().items().get("start"), context().items().get("words"));
    }

    private static Object joined(Object first, Object then) {
        return Stream.of((List<?>) first, (List<?>) then).flatMap(List::stream).toList();
    }

    @Override
    public CompletionStage<?> onConnected() {
        context().items().merge("start", 1, (before, one) -> (int) before + 1);
        return null;
    }

    @Override
    public CompletionStage<?> onReconnected() {
        context().items().merge("words", List.of("reconnected"), CallHub::joined);
        return clients().caller().invoke("back");
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        ENDED.add(context().connectionId() + " " + context().items().get("words"));
        return null;
    }

    /* --- results --- */

    public int number() {
        return 42;
    }

    public double whole() {
        return 2;
    }

    public Point point() {
        return new Point(1, 2.5);
    }

    public int[] array() {
        return new int[] {1, 2};
    }

    public Map<String, List<Point>> generic() {
        return Map.of("points", List.of(point()));
    }

    public Optional<String> present() {
        return Optional.of("here");
    }

    public Optional<String> absent() {
        return Optional.empty();
    }

    public Instant time() {
        return Instant.parse("2013-05-09T18:30:00Z");
    }

    public Duration span() {
        return Duration.ofMinutes(90);
    }

    public Colour colour() {
        return Colour.GREEN;
    }

    public byte[] bytes() {
        return new byte[] {0, 1, (byte) 255};
    }

    public RawJson raw() {
        return RawJson.parse("{\"a\":[1.50]}");
    }

    public CompletionStage<Point> stage() {
        return CompletableFuture.supplyAsync(this::point);
    }

    public Future<String> future() {
        FutureTask<String> task = new FutureTask<>(() -> "from the future");
        task.run();
        return task;
    }

    public void nothing() {}

    public String overload() {
        return "none";
    }

    public String overload(int one) {
        return "one " + one;
    }

    public String overload(int one, List<Colour> more) {
        return "two " + more;
    }

    /** The kind of thread that the method runs on. */
    public String thread() throws ReflectiveOperationException {
        return Runtime.version().feature() >= 21
                        && (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread())
                ? "virtual"
                : "pooled";
    }
}
