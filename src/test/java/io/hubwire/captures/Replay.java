package io.hubwire.captures;

import io.hubwire.captures.Action.Received;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.Percent;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawHttpClient;
import io.hubwire.kit.client.RawHttpRequest;
import io.hubwire.kit.client.RawWebSocket;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays one scenario's client against a server. Requests go out in the recorded order; what was open while others ran is open
 * again. Where the recording's client waited for something to arrive, so does this one; where it only let time pass, this one
 * passes less of it. Used by one thread; close it to end every connection it opened.
 */
final class Replay implements AutoCloseable {
    /** How long a client watches a silent answer before it leaves, where the recording watched longer. */
    private static final Duration WATCH = Duration.ofMillis(400);

    /** How long to wait for the head of a long poll: servers need not flush it before there is a body. */
    private static final Duration PENDING = Duration.ofMillis(300);

    private static final Pattern TOKEN = Pattern.compile("\\$\\{token:(\\d+)[|}]");
    private static final Pattern SYMBOL = Pattern.compile("\\$\\{([a-z]+)(?::(\\w+))?(?:\\|(\\w+))?}");
    private static final Pattern RECEIVING = Pattern.compile("/(connect|reconnect|poll)\\?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEX_BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    private final Scenario scenario;
    private final CaptureServer server;
    private final Duration quiet;
    private final RawHttpClient http;
    private final Symbols symbols = new Symbols();
    private final Map<Integer, ReplayedStep> steps = new TreeMap<>();
    private final Map<Integer, Connection> connections = new HashMap<>();
    private Optional<String> probedCursor = Optional.empty();
    private int logFrom;
    private long lastContact = System.nanoTime();
    private Optional<Duration> disconnectedAfter = Optional.empty();

    /**
     * @param quiet how long the server's log must stay unchanged before it counts as complete
     */
    Replay(Scenario scenario, CaptureServer server, Duration quiet) {
        this.scenario = scenario;
        this.server = server;
        this.quiet = quiet;
        this.http = new RawHttpClient(server.host(), server.port());
        this.logFrom = server.log().size();
    }

    /**
     * Plays the script and compares.
     *
     * @return what a client, or the server's log, shows differently from the recording; empty when nothing does
     */
    List<String> run() {
        List<String> differences = new ArrayList<>();
        try {
            scenario.script().forEach(this::act);
        } catch (ReplayStuckException | UncheckedIOException stuck) {
            differences.add(stuck.getMessage() + (stuck.getCause() == null ? "" : ": " + stuck.getCause()));
        }
        scenario.answers().forEach((number, recorded) -> {
            for (String difference : compare(number, recorded)) {
                differences.add("step " + number + " (" + scenario.titles().get(number) + "): " + difference);
            }
        });
        differences.addAll(compareLog());
        return differences;
    }

    private List<String> compare(int number, Answer recorded) {
        ReplayedStep step = steps.get(number);
        return step == null
                ? List.of("never sent")
                : AnswerComparison.differences(recorded, step.answer(recorded), symbols);
    }

    private List<String> compareLog() {
        awaitLog(LogComparison.required(scenario.log()).size());
        awaitQuietLog();
        List<String> differences = new ArrayList<>(LogComparison.differences(scenario.log(), currentLog(), symbols));
        scenario.disconnectDelay()
                .filter(range -> disconnectedAfter.isEmpty() || !range.holds(disconnectedAfter.get()))
                .ifPresent(range -> differences.add("disconnected after " + disconnectedAfter + ", expected " + range));
        return differences;
    }

    private void act(Action action) {
        if (action instanceof Action.Open open) {
            open(open);
        } else if (action instanceof Action.Upgrade upgrade) {
            upgrade(upgrade);
        } else if (action instanceof Action.AwaitEnd await) {
            awaitEnd(await.step());
        } else if (action instanceof Action.AwaitPending await) {
            step(await.step()).awaitHead(PENDING);
        } else if (action instanceof Action.AwaitReceived await) {
            awaitReceived(await);
        } else if (action instanceof Action.AwaitLog await) {
            awaitLog(await.lines());
        } else if (action instanceof Action.SendFrame send) {
            step(send.step()).send(send.kind(), bytes(resolve(send.payload(), 0, text -> text)));
            lastContact = System.nanoTime();
        } else if (action instanceof Action.Leave leave) {
            leave(leave);
        } else if (action instanceof Action.Drop drop) {
            hold(drop.step(), drop.at());
            step(drop.step()).drop();
            lastContact = System.nanoTime();
        } else if (action instanceof Action.Hold hold) {
            hold(hold.step(), hold.until());
        } else if (action instanceof Action.Mark) {
            awaitQuietLog();
            logFrom = server.log().size();
        } else if (action instanceof Action.Shutdown) {
            server.close();
        } else {
            actUnrecorded(action);
        }
    }

    /** What the recording's client did besides, without a step of its own. */
    private void actUnrecorded(Action action) {
        if (action instanceof Action.Negotiate negotiate) {
            negotiate(negotiate);
        } else if (action instanceof Action.Connect connect) {
            connect(connect);
        } else if (action instanceof Action.Start start) {
            call(connection(start.connection()).request("GET", "start"));
        } else if (action instanceof Action.Abort abort) {
            call(connection(abort.connection()).request("POST", "abort"));
            lastContact = System.nanoTime();
        } else if (action instanceof Action.Invoke invoke) {
            call(connection(invoke.connection())
                    .request("POST", "send")
                    .header("Content-Type: " + RawHttpRequest.FORM)
                    .body("data=" + Percent.encode(invoke.call())));
        } else if (action instanceof Action.Control control) {
            call(RawHttpRequest.get(resolve(control.target(), 0, Percent::encode)));
        } else if (action instanceof Action.Probe) {
            probe();
        } else {
            throw new IllegalStateException("No way to do " + action);
        }
    }

    private void open(Action.Open open) {
        int number = connectionOf(open.target());
        String target = resolve(open.target(), number, Percent::encode);
        RawHttpRequest request = new RawHttpRequest(open.method(), target, open.headers(), new byte[0]);
        if (open.hubData().isPresent()) {
            String data = resolve(open.hubData().get(), number, text -> text);
            request = request.header("Content-Type: " + RawHttpRequest.FORM).body("data=" + Percent.encode(data));
        } else if (open.body().isPresent()) {
            request = request.body(resolve(open.body().get(), number, Percent::encode));
        }
        if (open.upgradeHeaders()) {
            request = request.header("Upgrade: websocket")
                    .header("Connection: Upgrade")
                    .header("Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==")
                    .header("Sec-WebSocket-Version: 13");
        }
        steps.put(open.step(), ReplayedStep.of(number, http.open(request)));
        remember(number, target, open.headers());
    }

    private void upgrade(Action.Upgrade upgrade) {
        int number = connectionOf(upgrade.target());
        String target = resolve(upgrade.target(), number, Percent::encode);
        steps.put(upgrade.step(), ReplayedStep.of(number, RawWebSocket.open(http, target, upgrade.headers())));
        remember(number, target, upgrade.headers());
    }

    private void awaitEnd(int number) {
        ReplayedStep step = step(number);
        if (!step.endsWithin(scenario.patience())) {
            throw new ReplayStuckException(
                    "step " + number + " (" + scenario.titles().get(number) + ") did not end within "
                            + scenario.patience() + "; received so far: " + step.soFar());
        }
        lastContact = System.nanoTime();
        bindNegotiation(number, step.soFar());
        gatherLongPoll(number, step);
    }

    /** The next steps need token and id before anything is compared. */
    private void bindNegotiation(int number, String body) {
        String recorded = scenario.answers().get(number).body();
        if (recorded.contains("\"ConnectionToken\"")) {
            symbols.matches(recorded, body);
        }
    }

    /**
     * Messages that the recording has in one long poll may come in several: how they are gathered is the server's affair. Polls
     * on until there are as many.
     */
    private void gatherLongPoll(int number, ReplayedStep step) {
        Answer recorded = scenario.answers().get(number);
        int expected = step.messagesIn(recorded);
        while (step.isLongPoll(recorded) && step.received(Received.M) < expected) {
            int connection = step.connection();
            RawHttpRequest next = connection(connection).request("GET", "poll");
            String cursor = latestCursor(connection).orElse("");
            RawExchange poll = http.open(next.withTarget(
                    withoutPosition(next.target()) + "&messageId=" + Percent.encode(cursor) + groups(connection)));
            if (!poll.endsWithin(WATCH.multipliedBy(3))) {
                poll.close();
                return;
            }
            step.add(poll);
        }
    }

    private String groups(int connection) {
        return latestGroups(connection)
                .map(groups -> "&groupsToken=" + Percent.encode(groups))
                .orElse("");
    }

    private static String withoutPosition(String target) {
        return target.replaceAll("&(messageId|groupsToken)=[^&]*", "");
    }

    private void awaitReceived(Action.AwaitReceived await) {
        ReplayedStep step = step(await.step());
        await.counts().forEach((what, count) -> {
            if (!step.awaitReceived(what, count, scenario.patience())) {
                throw new ReplayStuckException("step " + await.step() + " ("
                        + scenario.titles().get(await.step()) + ") did not receive " + what + "=" + count + " within "
                        + scenario.patience() + "; received so far: " + step.soFar());
            }
        });
    }

    private void leave(Action.Leave leave) {
        Duration watch = leave.exactly() || leave.after().compareTo(WATCH) < 0 ? leave.after() : WATCH;
        step(leave.step()).endsWithin(watch);
        step(leave.step()).leave();
        lastContact = System.nanoTime();
    }

    private void hold(int number, Duration until) {
        step(number).endsWithin(until.minus(step(number).age()));
    }

    private void negotiate(Action.Negotiate negotiate) {
        String data = negotiate.hubs().isEmpty()
                ? ""
                : "&connectionData=" + Percent.encode(Macros.hubs(String.join(",", negotiate.hubs())));
        List<String> headers =
                negotiate.user().map(user -> List.of("X-User: " + user)).orElse(List.of());
        String query = "?clientProtocol=2.1" + data;
        String body =
                call(RawHttpRequest.get(negotiate.path() + "/negotiate" + query).headers(headers));
        JsonText answer =
                JsonText.tryParse(body).orElseThrow(() -> new ReplayStuckException("Negotiate was answered " + body));
        String token = answer.get("ConnectionToken").orElseThrow().text();
        symbols.bind("token:" + negotiate.connection(), token);
        symbols.bind(
                "id:" + negotiate.connection(),
                answer.get("ConnectionId").orElseThrow().text());
        connections.put(
                negotiate.connection(),
                new Connection(
                        negotiate.path() + "/connect" + query + "&connectionToken=" + Percent.encode(token), headers));
    }

    private void connect(Action.Connect connect) {
        Connection before = connection(connect.connection());
        Connection now = new Connection(before.target() + "&transport=" + connect.transport(), before.headers());
        connections.put(connect.connection(), now);
        RawExchange exchange = http.open(now.request("GET", "connect"));
        ReplayedStep step = ReplayedStep.of(connect.connection(), exchange);
        steps.put(-connect.connection(), step);
        if (!step.endsWithin(scenario.patience())) {
            throw new ReplayStuckException(
                    "The connect request of connection " + connect.connection() + " did not end");
        }
    }

    private void probe() {
        negotiate(new Action.Negotiate(99, "/signalr", Optional.empty(), List.of("echohub")));
        connect(new Action.Connect(99, "longPolling"));
        probedCursor = latestCursor(99);
    }

    private String call(RawHttpRequest request) {
        RawExchange exchange = http.open(request);
        try (exchange) {
            if (!exchange.endsWithin(scenario.patience())) {
                throw new ReplayStuckException("No answer to " + request);
            }
            return exchange.body();
        }
    }

    /** Waits for the log to hold so many lines, and notes when a client was given up. */
    private void awaitLog(int lines) {
        long deadline = System.nanoTime() + scenario.patience().toNanos();
        while (System.nanoTime() < deadline) {
            List<String> seen = LogComparison.ours(currentLog(), symbols);
            if (disconnectedAfter.isEmpty() && seen.stream().anyMatch(line -> line.endsWith("stopCalled=False"))) {
                disconnectedAfter = Optional.of(Duration.ofNanos(System.nanoTime() - lastContact));
            }
            if (seen.size() >= lines) {
                return;
            }
            pause();
        }
    }

    private void awaitQuietLog() {
        int size = server.log().size();
        long since = System.nanoTime();
        while (System.nanoTime() - since < quiet.toNanos()) {
            pause();
            if (server.log().size() != size) {
                size = server.log().size();
                since = System.nanoTime();
            }
        }
    }

    /** The log of a server in another process can only be looked at again and again. */
    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }

    private List<String> currentLog() {
        List<String> log = server.log();
        return log.subList(Math.min(logFrom, log.size()), log.size());
    }

    private ReplayedStep step(int number) {
        return Optional.ofNullable(steps.get(number))
                .orElseThrow(() -> new IllegalStateException("Step " + number + " was not opened"));
    }

    private Connection connection(int number) {
        return Optional.ofNullable(connections.get(number))
                .orElseThrow(() -> new IllegalStateException("Connection " + number + " was not negotiated"));
    }

    private static int connectionOf(String recipe) {
        Matcher token = TOKEN.matcher(recipe);
        return token.find() ? Integer.parseInt(token.group(1)) : 0;
    }

    /** Later requests that the recording leaves out look like the connection's last receive request. */
    private void remember(int number, String target, List<String> headers) {
        if (number > 0 && (RECEIVING.matcher(target).find() || !connections.containsKey(number))) {
            connections.put(number, new Connection(target, headers));
        }
    }

    private String resolve(String recipe, int connection, UnaryOperator<String> encoding) {
        return SYMBOL.matcher(recipe)
                .replaceAll(found -> Matcher.quoteReplacement(
                        alter(value(found.group(1), found.group(2), connection), found.group(3), encoding)));
    }

    private String value(String kind, String which, int connection) {
        return switch (kind) {
            case "cursor" -> cursor(which, connection);
            case "groups" -> latestGroups(holderOfGroups(which)).orElse("");
            default ->
                symbols.value(kind + ":" + which)
                        .orElseThrow(() -> new ReplayStuckException("No value yet for " + kind + ":" + which));
        };
    }

    private String cursor(String which, int connection) {
        if (which == null) {
            return latestCursor(connection).orElse("");
        }
        return which.equals("probe")
                ? probedCursor.orElse("")
                : step(Integer.parseInt(which)).lastCursor().orElse("");
    }

    /** The connection that received this groups token in the recording; its newest one is meant. */
    private int holderOfGroups(String which) {
        String symbol = "${groups:" + which + "}";
        return scenario.answers().entrySet().stream()
                .filter(entry -> entry.getValue().body().contains(symbol)
                        || entry.getValue().frames().stream()
                                .anyMatch(frame -> frame.text().contains(symbol)))
                .map(entry -> step(entry.getKey()).connection())
                .findFirst()
                .orElse(0);
    }

    private Optional<String> latestCursor(int connection) {
        return latest(connection, ReplayedStep::lastCursor);
    }

    private Optional<String> latestGroups(int connection) {
        return latest(connection, ReplayedStep::lastGroups);
    }

    private Optional<String> latest(int connection, Function<ReplayedStep, Optional<String>> position) {
        return steps.values().stream()
                .filter(step -> step.connection() == connection)
                .sorted((a, b) -> b.age().compareTo(a.age()))
                .map(position)
                .flatMap(Optional::stream)
                .reduce((earlier, later) -> later);
    }

    /** The recordings' altered values, done to ours. */
    private static String alter(String value, String how, UnaryOperator<String> encoding) {
        if (how == null) {
            return encoding.apply(value);
        }
        int middle = value.length() / 2;
        return switch (how) {
            case "flip" ->
                encoding.apply(value.substring(0, middle)
                        + (value.charAt(middle) == 'A' ? 'B' : 'A')
                        + value.substring(middle + 1));
            case "truncate" -> encoding.apply(value.substring(0, value.length() - 10));
            // A plus sign that is not encoded arrives as a space.
            case "plus" ->
                encoding.apply(value.substring(0, middle)) + "+" + encoding.apply(value.substring(middle + 1));
            case "cut" -> encoding.apply(value.substring(2));
            default -> throw new IllegalArgumentException("Unknown alteration " + how);
        };
    }

    private static byte[] bytes(String text) {
        String latin = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String raw = HEX_BYTE.matcher(latin)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Aborts what the scenario left connected, so that the next one does not meet it, and ends every connection. */
    @Override
    public void close() {
        connections.values().stream()
                .filter(connection -> connection.target().contains("transport="))
                .forEach(connection -> abortQuietly(connection.request("POST", "abort")));
        steps.values().forEach(ReplayedStep::leave);
    }

    private void abortQuietly(RawHttpRequest abort) {
        try (RawExchange exchange = http.open(abort)) {
            exchange.endsWithin(Duration.ofSeconds(2));
        } catch (UncheckedIOException gone) {
            // A scenario may have stopped its server: then there is nothing left to abort.
            lastContact = System.nanoTime();
        }
    }

    /** A receive request's target, from which the connection's other requests are made. */
    private record Connection(String target, List<String> headers) {
        RawHttpRequest request(String method, String operation) {
            String other = target.replaceFirst("/\\w+\\?", "/" + operation + "?");
            String clean = operation.equals("connect") ? other : withoutPosition(other);
            return new RawHttpRequest(method, clean, headers, new byte[0]);
        }
    }

    /** The script cannot go on: something that must come has not come. */
    static final class ReplayStuckException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReplayStuckException(String message) {
            super(message);
        }
    }
}
