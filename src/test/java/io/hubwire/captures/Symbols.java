package io.hubwire.captures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the symbols of a scenario stand for in this run: {@code ${token:1}}, {@code ${id:1}} and {@code ${groups:1}} take the
 * value they meet first and keep it; {@code ${cursor}} is any cursor, {@code ${text}} any text, {@code ${type}} any type name.
 * Two ids, or two tokens, never stand for the same value. Used by one thread.
 */
final class Symbols {
    private static final Pattern SYMBOL = Pattern.compile("\\$\\{(token:\\d+|id:\\d+|groups:\\d+|cursor|text|type)}");
    private static final String GUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Set<String> UNIQUE = Set.of("token", "id");

    private final Map<String, String> values = new HashMap<>();

    /** The value of a symbol such as {@code id:1}. */
    Optional<String> value(String symbol) {
        return Optional.ofNullable(values.get(symbol));
    }

    /**
     * Gives a symbol its value.
     *
     * @return false when it has another one, or when another symbol of a kind that must differ has this one
     */
    boolean bind(String symbol, String value) {
        String known = values.get(symbol);
        if (known != null) {
            return known.equals(value);
        }
        String kind = symbol.substring(0, symbol.indexOf(':'));
        boolean taken = UNIQUE.contains(kind)
                && values.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith(kind + ":")
                                && entry.getValue().equals(value));
        if (!taken) {
            values.put(symbol, value);
        }
        return !taken;
    }

    /** Whether {@code actual} is what {@code expected} says; symbols without a value take theirs when it is. */
    boolean matches(String expected, String actual) {
        if (!expected.contains("${")) {
            return expected.equals(actual);
        }
        List<String> captured = new ArrayList<>();
        Matcher matcher =
                Pattern.compile(regex(expected, captured), Pattern.DOTALL).matcher(actual);
        if (!matcher.matches()) {
            return false;
        }
        Map<String, String> before = Map.copyOf(values);
        for (int i = 0; i < captured.size(); i++) {
            if (!bind(captured.get(i), matcher.group(i + 1))) {
                values.clear();
                values.putAll(before);
                return false;
            }
        }
        return true;
    }

    private String regex(String expected, List<String> captured) {
        StringBuilder regex = new StringBuilder();
        Set<String> seen = new HashSet<>();
        Matcher symbols = SYMBOL.matcher(expected);
        int from = 0;
        while (symbols.find()) {
            regex.append(Pattern.quote(expected.substring(from, symbols.start())));
            String symbol = symbols.group(1);
            if (values.containsKey(symbol)) {
                regex.append(Pattern.quote(values.get(symbol)));
            } else if (symbol.equals("text") && symbols.end() == expected.length()) {
                regex.append("(?s:.+)"); // not inside of a JSON string: quotation marks are text too
            } else if (!symbol.contains(":")) {
                regex.append(anyOf(symbol));
            } else if (seen.add(symbol)) {
                captured.add(symbol);
                regex.append('(').append(anyOf(symbol)).append(')');
            } else {
                regex.append('\\').append(captured.indexOf(symbol) + 1);
            }
            from = symbols.end();
        }
        return regex.append(Pattern.quote(expected.substring(from))).toString();
    }

    private static String anyOf(String symbol) {
        if (symbol.startsWith("id:")) {
            return GUID;
        }
        return switch (symbol) {
            case "text" -> "(?:[^\"\\\\]|\\\\.)+";
            case "type" -> "[\\w.$<>\\[\\]?, ]+?";
            default -> "[^\"\\s]+";
        };
    }

    /** Writes the symbols of this run's ids in place of the ids, as the recorded server log has them. */
    String symbolic(String logLine) {
        String line = logLine;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().startsWith("id:")) {
                line = line.replace(entry.getValue(), "${" + entry.getKey() + "}");
            }
        }
        return line;
    }
}
