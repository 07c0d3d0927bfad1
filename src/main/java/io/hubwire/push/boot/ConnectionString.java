package io.hubwire.push.boot;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection string: a JDBC URL, or parts with semicolons between, as .NET writes them, of which a value that has a semicolon stands in quotation marks:
 * {@code url="jdbc:h2:tcp://db/hubwire;MODE=REGULAR";user=hubwire;password=secret}.
 *
 * @param user empty when it is not said
 * @param password empty when it is not said
 */
record ConnectionString(String url, Optional<String> user, Optional<String> password) {

    static final String RULE =
            "a JDBC URL, or url=jdbc:...;user=...;password=... (a value with a semicolon in quotation marks)";

    private static final Pattern PART =
            Pattern.compile("\\s*([A-Za-z ]+?)\\s*=\\s*(\"([^\"]*)\"|'([^']*)'|([^;\"']*))\\s*(;|$)");
    private static final Map<String, String> SYNONYMS = Map.of("user id", "user", "uid", "user", "pwd", "password");

    /** @throws IllegalArgumentException when it is none; the message has nothing of the text, which is a secret */
    static ConnectionString parse(String text) {
        if (text.startsWith("jdbc:")) {
            return new ConnectionString(text, Optional.empty(), Optional.empty());
        }
        Map<String, String> parts = parts(text);
        String url = parts.remove("url");
        ConnectionString parsed = new ConnectionString(
                url == null ? "" : url,
                Optional.ofNullable(parts.remove("user")),
                Optional.ofNullable(parts.remove("password")));
        if (!parsed.url.startsWith("jdbc:") || !parts.isEmpty()) {
            throw new IllegalArgumentException("no connection string");
        }
        return parsed;
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            String key = part.group(1).toLowerCase(Locale.ROOT);
            parts.put(SYNONYMS.getOrDefault(key, key), value(part));
            end = part.end();
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("no connection string");
        }
        return parts;
    }

    private static String value(Matcher part) {
        if (part.group(3) != null) {
            return part.group(3);
        }
        return part.group(4) != null ? part.group(4) : part.group(5).strip();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "url=\"" + url + "\"" + user.map(name -> ";user=" + name).orElse("");
    }
}
