package io.hubwire.captures;

import io.hubwire.captures.Action.FrameKind;
import io.hubwire.captures.Action.Received;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one {@code do} line of a vector file, with the indented lines below it. */
final class ActionReader {
    private ActionReader() {}

    static Action read(String line, List<String> more) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "open" -> open(rest, more);
            case "upgrade" -> upgrade(rest, more);
            case "await" -> await(rest);
            case "ws" -> frame(rest);
            case "leave" -> leave(rest);
            case "drop" -> drop(rest);
            case "hold" -> hold(rest);
            case "negotiate" -> negotiate(rest);
            case "connect" -> new Action.Connect(first(rest), options(rest).get("transport"));
            case "start" -> new Action.Start(first(rest));
            case "abort" -> new Action.Abort(first(rest), options(rest).get("transport"));
            case "invoke" -> new Action.Invoke(first(rest), rest.split(" ", 2)[1]);
            case "ctl" -> new Action.Control(rest);
            case "mark" -> new Action.Mark();
            case "probe" -> new Action.Probe();
            case "shutdown" -> new Action.Shutdown();
            default -> throw new IllegalArgumentException("Unknown action: " + line);
        };
    }

    private static Action open(String line, List<String> more) {
        String[] words = line.split(" ", 3);
        return new Action.Open(
                Integer.parseInt(words[0]),
                words[1],
                Macros.expand(words[2]),
                all(more, "header"),
                more.contains("upgrade"),
                all(more, "data").stream().findFirst().map(VectorReader::text),
                all(more, "body").stream().findFirst().map(VectorReader::text));
    }

    private static Action upgrade(String line, List<String> more) {
        String[] words = line.split(" ", 3);
        return new Action.Upgrade(Integer.parseInt(words[0]), Macros.expand(words[2]), all(more, "header"));
    }

    private static Action await(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("log")) {
            return new Action.AwaitLog(Integer.parseInt(words[1]));
        }
        int step = Integer.parseInt(words[0]);
        return switch (words[1]) {
            case "end" -> new Action.AwaitEnd(step);
            case "head" -> new Action.AwaitPending(step);
            default -> new Action.AwaitReceived(step, counts(words));
        };
    }

    private static Map<Received, Integer> counts(String[] words) {
        Map<Received, Integer> counts = new EnumMap<>(Received.class);
        Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("="))
                .forEach(pair -> counts.put(Received.valueOf(pair[0]), Integer.valueOf(pair[1])));
        return Map.copyOf(counts);
    }

    private static Action frame(String line) {
        String[] words = line.split(" ", 3);
        String payload = words.length > 2 ? VectorReader.text(words[2]) : "";
        return new Action.SendFrame(Integer.parseInt(words[0]), FrameKind.of(words[1]), payload);
    }

    private static Action leave(String line) {
        String[] words = line.split(" ", -1);
        Duration after = Duration.ofMillis(Long.parseLong(words[2]));
        return new Action.Leave(Integer.parseInt(words[0]), after, words.length > 3);
    }

    private static Action drop(String line) {
        String[] words = line.split(" ", -1);
        Duration at = words.length > 2 ? Duration.ofMillis(Long.parseLong(words[2])) : Duration.ZERO;
        return new Action.Drop(Integer.parseInt(words[0]), at);
    }

    private static Action hold(String line) {
        String[] words = line.split(" ", -1);
        return new Action.Hold(Integer.parseInt(words[0]), Duration.ofMillis(Long.parseLong(words[1])));
    }

    private static Action negotiate(String line) {
        Map<String, String> options = options(line);
        String hubs = options.getOrDefault("hubs", "echohub");
        return new Action.Negotiate(
                first(line),
                options.getOrDefault("path", "/signalr"),
                Optional.ofNullable(options.get("user")),
                hubs.isEmpty() ? List.of() : List.of(hubs.split(",")));
    }

    private static int first(String line) {
        return Integer.parseInt(line.split(" ", 2)[0]);
    }

    private static Map<String, String> options(String line) {
        Map<String, String> options = new HashMap<>();
        Arrays.stream(line.split(" "))
                .skip(1)
                .map(word -> word.split("=", 2))
                .forEach(pair -> options.put(pair[0], pair[1]));
        return options;
    }

    private static List<String> all(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
