package io.hubwire.signalr.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads strict JSON from a string and cuts values out of it by their offsets, so that what nobody looks at costs no
 * objects. Confined to one call; to be closed.
 */
final class JsonSlicer implements AutoCloseable {

    /**
     * Deepest nesting of a whole message. Binding allows far less; this only bounds what is scanned before that is
     * known.
     */
    static final int MAX_NESTING = 100;

    // the static methods of jakarta.json.Json look the provider up at every call, which costs more than the parsing
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private final String text;
    private final JsonParser parser;
    private int tokenStart;
    private int tokenEnd;

    JsonSlicer(String text) {
        this.text = text;
        this.parser = PARSERS.createParser(new StringReader(text));
    }

    /** Opens an object; {@link #nextKey} follows. */
    void beginObject() {
        expect(Event.START_OBJECT, "an object");
    }

    /** Opens an array; {@link #nextElement} follows. */
    void beginArray() {
        expect(Event.START_ARRAY, "an array");
    }

    /** Opens an array, or skips a null; says whether it was an array. */
    boolean beginArrayOrNull() {
        Event event = next();
        if (event != Event.START_ARRAY && event != Event.VALUE_NULL) {
            throw new MalformedJsonException("Expected an array at offset " + tokenStart + ".");
        }
        return event == Event.START_ARRAY;
    }

    private void expect(Event wanted, String name) {
        if (next() != wanted) {
            throw new MalformedJsonException("Expected " + name + " at offset " + tokenStart + ".");
        }
    }

    /** The next key of the open object, or null at its end. The value follows. */
    String nextKey() {
        return next() == Event.END_OBJECT ? null : parser.getString();
    }

    /** The next element of the open array, or null at its end. */
    RawJson nextElement() {
        Event event = next();
        return event == Event.END_ARRAY ? null : value(event);
    }

    /** Opens the next element of the open array, which must be an object; false at the end of the array. */
    boolean nextObject() {
        Event event = next();
        if (event != Event.START_OBJECT && event != Event.END_ARRAY) {
            throw new MalformedJsonException("Expected an object at offset " + tokenStart + ".");
        }
        return event == Event.START_OBJECT;
    }

    /** The next value, whole. */
    RawJson value() {
        return value(next());
    }

    private RawJson value(Event event) {
        int start = tokenStart;
        return switch (event) {
            case START_OBJECT -> nested(start, RawJson.Kind.OBJECT);
            case START_ARRAY -> nested(start, RawJson.Kind.ARRAY);
            case VALUE_STRING -> scalar(start, RawJson.Kind.STRING);
            case VALUE_NUMBER -> scalar(start, RawJson.Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(start, RawJson.Kind.BOOLEAN);
            case VALUE_NULL -> RawJson.NULL;
            case KEY_NAME, END_ARRAY, END_OBJECT ->
                throw new MalformedJsonException("Expected a value at offset " + start + ".");
        };
    }

    private RawJson scalar(int start, RawJson.Kind kind) {
        return RawJson.slice(text, start, tokenEnd, kind, 0);
    }

    private RawJson nested(int start, RawJson.Kind kind) {
        int level = 1;
        int deepest = 1;
        while (level > 0) {
            switch (advance()) {
                case START_ARRAY, START_OBJECT -> deepest = Math.max(deepest, enter(++level));
                case END_ARRAY, END_OBJECT -> level--;
                default -> {
                    // scalars and keys do not change the level
                }
            }
        }
        return RawJson.slice(text, start, offset(), kind, deepest);
    }

    private static int enter(int level) {
        if (level > MAX_NESTING) {
            throw MalformedJsonException.nestedDeeperThan(MAX_NESTING);
        }
        return level;
    }

    /** Makes sure that nothing but whitespace is left. */
    void end() {
        try {
            if (parser.hasNext()) {
                throw new MalformedJsonException("Unexpected text after the JSON value at offset " + tokenEnd + ".");
            }
        } catch (JsonException e) {
            throw malformed(e);
        }
    }

    private Event next() {
        int from = tokenEnd;
        Event event = advance();
        tokenEnd = offset();
        tokenStart = skipSeparators(from);
        return event;
    }

    private Event advance() {
        try {
            return parser.next();
        } catch (NoSuchElementException | JsonException e) {
            throw malformed(e);
        }
    }

    private static MalformedJsonException malformed(RuntimeException cause) {
        return new MalformedJsonException("Not valid JSON: " + cause.getMessage(), cause);
    }

    private int offset() {
        // Parsson counts too far behind a number that the end of the text ends
        tokenEnd = (int) Math.min(parser.getLocation().getStreamOffset(), text.length());
        return tokenEnd;
    }

    private int skipSeparators(int from) {
        int at = from;
        while (at < tokenEnd && isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(char c) {
        return c <= ' ' || c == ',' || c == ':';
    }

    @Override
    public void close() {
        parser.close();
    }
}
