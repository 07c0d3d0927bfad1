package io.hubwire.signalr.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One well-formed JSON value, kept as text: an argument that may never be looked at, a result that was serialized once.
 * Immutable. A value cut out of a message keeps that message alive.
 */
public final class RawJson {

    /** What a JSON value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** The value {@code null}. */
    public static final RawJson NULL = compact("null", Kind.NULL, 0);

    /** The value {@code true}. */
    public static final RawJson TRUE = compact("true", Kind.BOOLEAN, 0);

    /** The value {@code false}. */
    public static final RawJson FALSE = compact("false", Kind.BOOLEAN, 0);

    private final String source;
    private final int start;
    private final int end;
    private final Kind kind;
    private final int depth;
    private final boolean compact;

    private RawJson(String source, int start, int end, Kind kind, int depth, boolean compact) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.kind = kind;
        this.depth = depth;
        this.compact = compact;
    }

    /** A value cut out of {@code source}, which was checked. */
    static RawJson slice(String source, int start, int end, Kind kind, int depth) {
        return new RawJson(source, start, end, kind, depth, depth == 0);
    }

    /** A value that this package wrote itself: well-formed, without whitespace. */
    static RawJson compact(String text, Kind kind, int depth) {
        return new RawJson(text, 0, text.length(), kind, depth, true);
    }

    /**
     * Checks and takes over a whole JSON text; whitespace around it is allowed.
     *
     * @throws MalformedJsonException when it is not JSON, or nested deeper than {@value JsonSlicer#MAX_NESTING}
     */
    public static RawJson parse(String text) {
        try (JsonSlicer slicer = new JsonSlicer(text)) {
            RawJson value = slicer.value();
            slicer.end();
            return value;
        }
    }

    /** A string, or {@link #NULL} for null. */
    public static RawJson ofString(CharSequence value) {
        return value == null ? NULL : compact(Json.quote(value), Kind.STRING, 0);
    }

    public Kind kind() {
        return kind;
    }

    public boolean isNull() {
        return kind == Kind.NULL;
    }

    /** Levels of arrays and objects: 0 for a scalar, 1 for {@code []}. */
    public int depth() {
        return depth;
    }

    /** Length of the value as it was sent, in characters, whitespace inside included. */
    public int length() {
        return end - start;
    }

    /**
     * The characters of a string, decoded; the token itself for numbers, booleans and null.
     *
     * @throws IllegalStateException for arrays and objects
     */
    public String scalarText() {
        return switch (kind) {
            case STRING -> unescape();
            case NUMBER, BOOLEAN, NULL -> source.substring(start, end);
            case OBJECT, ARRAY ->
                throw new IllegalStateException("not a scalar but an " + (kind == Kind.ARRAY ? "array" : "object"));
        };
    }

    private String unescape() {
        int escape = source.indexOf('\\', start);
        if (escape < 0 || escape >= end) {
            return source.substring(start + 1, end - 1);
        }
        StringBuilder text = new StringBuilder(end - start);
        int at = start + 1;
        while (at < end - 1) {
            char c = source.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = source.charAt(at++);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(source, at, at + 4, 16));
                at += 4;
            } else {
                text.append(unescape(escaped));
            }
        }
        return text.toString();
    }

    private static char unescape(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped; // quotation mark, backslash, slash
        };
    }

    /**
     * The members of an object in the order in which they came; of equal names the last counts. Unmodifiable.
     *
     * @throws IllegalStateException for anything but an object
     */
    public Map<String, RawJson> members() {
        if (kind != Kind.OBJECT) {
            throw new IllegalStateException("not an object but " + kind);
        }
        Map<String, RawJson> members = new LinkedHashMap<>();
        try (JsonSlicer slicer = new JsonSlicer(source.substring(start, end))) {
            slicer.beginObject();
            for (String key = slicer.nextKey(); key != null; key = slicer.nextKey()) {
                members.put(key, slicer.value());
            }
        }
        return Collections.unmodifiableMap(members);
    }

    /**
     * The JSON text on one line, without whitespace between tokens; strings and numbers are spelt as they were sent.
     */
    public String text() {
        if (compact) {
            return source.substring(start, end);
        }
        StringBuilder json = new StringBuilder(end - start);
        appendTo(json);
        return json.toString();
    }

    /** Appends {@link #text()}. */
    public void appendTo(StringBuilder json) {
        if (compact) {
            json.append(source, start, end);
        } else {
            appendWithoutWhitespace(json);
        }
    }

    private void appendWithoutWhitespace(StringBuilder json) {
        boolean inString = false;
        int copied = start;
        for (int i = start; i < end; i++) {
            char c = source.charAt(i);
            if (inString && c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && c <= ' ') {
                json.append(source, copied, i);
                copied = i + 1;
            }
        }
        json.append(source, copied, end);
    }

    /** {@link #text()} in UTF-8; a new array. */
    public byte[] utf8() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Same text without whitespace; {@code 1.0} and {@code 1} differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson json && kind == json.kind && text().equals(json.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
