package io.hubwire.captures;

import io.hubwire.captures.Answer.End;
import io.hubwire.captures.Answer.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the vector files; their form is described in {@code captures/README.md} on the test class path. */
final class VectorReader {
    private static final int SERIES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private VectorReader() {}

    /** All scenarios of all series, in their order. */
    static List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        for (int series = 1; series <= SERIES; series++) {
            String name = String.format("/captures/series-%02d.txt", series);
            scenarios.addAll(read(lines(name)));
        }
        return List.copyOf(scenarios);
    }

    /** The lines of a resource, without the line ends. */
    static List<String> lines(String resource) {
        InputStream in = VectorReader.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException("No " + resource + " on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static List<Scenario> read(List<String> lines) {
        List<Scenario> scenarios = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("scenario ") && !block.isEmpty()) {
                scenarios.add(new Block(block).scenario());
                block.clear();
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                block.add(line);
            }
        }
        if (!block.isEmpty()) {
            scenarios.add(new Block(block).scenario());
        }
        return scenarios;
    }

    /** The lines of one scenario. Lines that begin with two spaces belong to the line before them. */
    private static final class Block {
        private final List<String> lines;
        private final List<Action> script = new ArrayList<>();
        private final TreeMap<Integer, Answer> answers = new TreeMap<>();
        private final Map<Integer, String> titles = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private String name = "";
        private String title = "";
        private ServerProfile server = ServerProfile.DEFAULT;
        private Duration patience = PATIENCE;
        private Optional<Scenario.Range> disconnectDelay = Optional.empty();

        Block(List<String> lines) {
            this.lines = List.copyOf(lines);
        }

        Scenario scenario() {
            for (int i = 0; i < lines.size(); i++) {
                int from = i + 1;
                while (i + 1 < lines.size() && lines.get(i + 1).startsWith("  ")) {
                    i++;
                }
                List<String> more = lines.subList(from, i + 1).stream()
                        .map(line -> line.substring(2))
                        .toList();
                entry(lines.get(from - 1), more);
            }
            String[] numberAndSlug = name.split(" ", 2);
            return new Scenario(
                    numberAndSlug[0],
                    numberAndSlug[1],
                    title,
                    server,
                    patience,
                    disconnectDelay,
                    List.copyOf(script),
                    answers,
                    Map.copyOf(titles),
                    List.copyOf(log));
        }

        private void entry(String line, List<String> more) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "scenario" -> name = rest;
                case "title" -> title = rest;
                case "note" -> {
                    // For the reader of the file.
                }
                case "server" -> server = ServerProfile.of(rest);
                case "patience" -> patience = Duration.ofSeconds(Long.parseLong(rest));
                case "disconnect-delay" -> disconnectDelay = Optional.of(range(rest));
                case "do" -> script.add(ActionReader.read(rest, more));
                case "expect" -> expect(rest, more);
                case "log" -> log.add(rest);
                default -> throw new IllegalArgumentException("Unknown line in " + name + ": " + line);
            }
        }

        private static Scenario.Range range(String text) {
            String[] seconds = text.split(" ", -1);
            return new Scenario.Range(
                    Duration.ofSeconds(Long.parseLong(seconds[0])), Duration.ofSeconds(Long.parseLong(seconds[1])));
        }

        private void expect(String head, List<String> more) {
            String[] words = head.split(" ", 3);
            int step = Integer.parseInt(words[0]);
            int status = words[1].equals("none") ? 0 : Integer.parseInt(words[1]);
            String rest = words.length > 2 ? words[2] : "";
            boolean nosniff = rest.startsWith("nosniff");
            String contentType = nosniff ? rest.substring("nosniff".length()).strip() : rest;
            Details details = new Details(more);
            titles.put(step, details.title);
            answers.put(
                    step,
                    new Answer(
                            status,
                            contentType,
                            nosniff,
                            details.headers,
                            details.body,
                            details.frames,
                            details.end,
                            details.keepAlives,
                            details.duration));
        }
    }

    /** The indented lines of an expected answer. */
    private static final class Details {
        private final List<String> headers = new ArrayList<>();
        private final List<Frame> frames = new ArrayList<>();
        private String title = "";
        private String body = "";
        private End end = new End.Complete();
        private Optional<List<Duration>> keepAlives = Optional.empty();
        private Optional<Duration> duration = Optional.empty();

        Details(List<String> lines) {
            lines.forEach(this::line);
        }

        private void line(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "title" -> title = rest;
                case "header" -> headers.add(rest);
                case "body" -> body = text(rest);
                case "text" -> frames.add(new Frame(false, text(rest)));
                case "pong" -> frames.add(new Frame(true, text(rest)));
                case "end" -> end = End.parse(rest);
                case "keepalives" -> keepAlives = Optional.of(times(rest));
                case "duration" -> duration = Optional.of(seconds(rest));
                default -> throw new IllegalArgumentException("Unknown detail: " + line);
            }
        }

        private static List<Duration> times(String text) {
            return Arrays.stream(text.split(" "))
                    .filter(word -> !word.isEmpty())
                    .map(Details::seconds)
                    .toList();
        }

        private static Duration seconds(String text) {
            return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
        }
    }

    /** Resolves escapes and shorthands. */
    static String text(String written) {
        return Macros.expand(Escapes.resolve(written));
    }
}
