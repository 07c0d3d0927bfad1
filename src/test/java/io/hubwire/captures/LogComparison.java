package io.hubwire.captures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the hub events of a scenario: for each connection which ones, in which order, how often. Lines that name no
 * connection (errors in the pipeline) are a sequence of their own. Between connections no order is compared: they are served by
 * different threads. Lines about connections that are not the scenario's are left out.
 */
final class LogComparison {
    /** Begins a line that may be missing. */
    static final String MAY_BE_MISSING = "?";

    private static final Pattern CONNECTION = Pattern.compile("\\$\\{id:\\d+}");
    private static final Pattern FOREIGN = Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-");

    private LogComparison() {}

    /**
     * What differs, in words.
     *
     * @param recorded lines that begin with {@link #MAY_BE_MISSING} may be missing
     */
    static List<String> differences(List<String> recorded, List<String> actual, Symbols symbols) {
        Map<String, List<String>> expected = byConnection(required(recorded));
        Map<String, List<String>> seen = byConnection(withoutOptional(recorded, ours(actual, symbols)));
        List<String> differences = new ArrayList<>();
        expected.forEach((connection, lines) ->
                compare(connection, lines, seen.getOrDefault(connection, List.of()), symbols, differences));
        seen.forEach((connection, lines) -> {
            if (!expected.containsKey(connection)) {
                lines.forEach(line -> differences.add("extra event: " + line));
            }
        });
        return differences;
    }

    /** The lines that must come. */
    static List<String> required(List<String> recorded) {
        return recorded.stream()
                .filter(line -> !line.startsWith(MAY_BE_MISSING))
                .toList();
    }

    private static List<String> withoutOptional(List<String> recorded, List<String> actual) {
        List<String> left = new ArrayList<>(actual);
        recorded.stream()
                .filter(line -> line.startsWith(MAY_BE_MISSING))
                .map(line -> line.substring(MAY_BE_MISSING.length()))
                .forEach(left::remove);
        return left;
    }

    /** The lines of this scenario among {@code log}, with symbols in place of ids. */
    static List<String> ours(List<String> log, Symbols symbols) {
        return log.stream()
                .map(LogComparison::firstLine)
                .map(symbols::symbolic)
                .filter(line -> !FOREIGN.matcher(line).find())
                .toList();
    }

    /** The recording keeps one line of each event. */
    private static String firstLine(String event) {
        return event.lines().findFirst().orElse("").stripTrailing();
    }

    private static void compare(
            String connection, List<String> recorded, List<String> actual, Symbols symbols, List<String> differences) {
        boolean same = recorded.size() == actual.size();
        for (int i = 0; same && i < recorded.size(); i++) {
            same = matches(recorded.get(i), actual.get(i), symbols);
        }
        if (!same) {
            String whose = connection.isEmpty() ? "without a connection" : "of " + connection;
            differences.add("events " + whose + ": recorded " + recorded + ", actual " + actual);
        }
    }

    private static boolean matches(String recorded, String actual, Symbols symbols) {
        // The ids are symbols on both sides here; what is left to match are texts and type names.
        String plain = CONNECTION.matcher(recorded).replaceAll("#");
        return symbols.matches(plain, CONNECTION.matcher(actual).replaceAll("#"));
    }

    private static Map<String, List<String>> byConnection(List<String> lines) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher connection = CONNECTION.matcher(line);
            String key = connection.find() ? connection.group() : "";
            found.computeIfAbsent(key, any -> new ArrayList<>()).add(line);
        }
        return found;
    }
}
