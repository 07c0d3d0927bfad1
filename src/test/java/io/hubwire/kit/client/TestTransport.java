package io.hubwire.kit.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The four transports by their wire names, and how each wraps the payloads that a client receives (protocol §4.5, §4.6). */
public enum TestTransport {
    WEB_SOCKETS("webSockets"),
    SERVER_SENT_EVENTS("serverSentEvents"),
    FOREVER_FRAME("foreverFrame"),
    LONG_POLLING("longPolling");

    /** What opens a server-sent events stream, before any frame. */
    public static final String INITIALIZED = "initialized";

    private static final Pattern EVENT = Pattern.compile("data: ([^\\n]*)\\n\\n");
    private static final Pattern SCRIPT =
            Pattern.compile("<script>r\\(c, (.*?)\\);</script>(?:\\r\\n|\\n\\n)", Pattern.DOTALL);
    private static final Pattern CALLBACK = Pattern.compile("^([^({]+)\\((.*)\\);$", Pattern.DOTALL);

    private final String wireName;

    TestTransport(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /**
     * The payloads within the body of a receive request, whole ones only: a half event at the end is left out. For {@link
     * #WEB_SOCKETS} a body makes no sense and has none.
     */
    public List<String> payloads(String body) {
        return switch (this) {
            case SERVER_SENT_EVENTS -> groups(EVENT, body);
            case FOREVER_FRAME -> groups(SCRIPT, body);
            case LONG_POLLING -> longPoll(body.strip());
            case WEB_SOCKETS -> List.of();
        };
    }

    private static List<String> groups(Pattern pattern, String body) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(body);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return List.copyOf(found);
    }

    private static List<String> longPoll(String body) {
        if (body.isEmpty()) {
            return List.of();
        }
        Matcher wrapped = CALLBACK.matcher(body);
        return List.of(wrapped.matches() ? wrapped.group(2) : body);
    }
}
