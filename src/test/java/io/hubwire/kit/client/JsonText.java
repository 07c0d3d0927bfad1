package io.hubwire.kit.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON value, kept as the text it arrived in. Tests of a wire format must see what was sent: {@code 1.0} is not {@code 1},
 * the order of keys counts, and a key may come twice. Parsing is strict (RFC 8259): no comments, no trailing commas, no text
 * behind the value. Immutable.
 */
public final class JsonText {
    /** What kind of value the text is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** One key and its value, in the order of the text. */
    public record Member(String name, JsonText value) {}

    private final Kind kind;
    private final String raw;
    private final List<Member> members;
    private final List<JsonText> elements;

    private JsonText(Kind kind, String raw, List<Member> members, List<JsonText> elements) {
        this.kind = kind;
        this.raw = raw;
        this.members = members;
        this.elements = elements;
    }

    /**
     * Parses one complete value.
     *
     * @throws IllegalArgumentException when the text is not exactly one JSON value; the message names the offset
     */
    public static JsonText parse(String text) {
        Parser parser = new Parser(text);
        JsonText value = parser.value();
        parser.end();
        return value;
    }

    /** Like {@link #parse} but empty where that throws. */
    public static Optional<JsonText> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Writes a value as compact JSON: null, strings, numbers, booleans, maps, iterables, arrays of objects and {@code JsonText}
     * as it is.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    public Kind kind() {
        return kind;
    }

    /** The text as it arrived, without the white space around it. */
    public String raw() {
        return raw;
    }

    /** The members of an object in their order; empty for every other kind. */
    public List<Member> members() {
        return members;
    }

    /** The elements of an array in their order; empty for every other kind. */
    public List<JsonText> elements() {
        return elements;
    }

    /** The names of an object's members, in their order. */
    public List<String> names() {
        return members.stream().map(Member::name).toList();
    }

    /** The value of the first member with exactly this name. */
    public Optional<JsonText> get(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .map(Member::value)
                .findFirst();
    }

    public boolean has(String name) {
        return get(name).isPresent();
    }

    /** The characters of a string value with its escapes resolved, or the raw text of any other value. */
    public String text() {
        return kind == Kind.STRING ? unescape(raw) : raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText json && json.raw.equals(raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    @Override
    public String toString() {
        return raw;
    }

    private static String unescape(String quoted) {
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            if (escaped == 'u') {
                out.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(simpleEscape(escaped));
            }
        }
        return out.toString();
    }

    private static char simpleEscape(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static void write(Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean || value instanceof Number || value instanceof JsonText) {
            out.append(value);
        } else if (value instanceof CharSequence text) {
            quote(text, out);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out);
        } else if (value instanceof Iterable<?> items) {
            writeAll(items, out);
        } else if (value instanceof Object[] items) {
            writeAll(Arrays.asList(items), out);
        } else {
            throw new IllegalArgumentException("No JSON form for " + value.getClass());
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            quote(String.valueOf(entry.getKey()), out);
            out.append(':');
            write(entry.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeAll(Iterable<?> items, StringBuilder out) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void quote(CharSequence text, StringBuilder out) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }

    private static final class Parser {
        private static final int MAX_DEPTH = 200;

        private final String text;
        private int at;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        JsonText value() {
            skipSpace();
            int start = at;
            return switch (peek()) {
                case '{' -> object(start);
                case '[' -> array(start);
                case '"' -> string(start);
                case 't' -> word("true", Kind.BOOLEAN);
                case 'f' -> word("false", Kind.BOOLEAN);
                case 'n' -> word("null", Kind.NULL);
                default -> number(start);
            };
        }

        void end() {
            skipSpace();
            if (at != text.length()) {
                throw wrong("nothing more");
            }
        }

        private JsonText object(int start) {
            enter();
            List<Member> found = new ArrayList<>();
            expect('{');
            skipSpace();
            if (peek() != '}') {
                do {
                    skipSpace();
                    int nameStart = at;
                    string();
                    String name = unescape(text.substring(nameStart, at));
                    skipSpace();
                    expect(':');
                    found.add(new Member(name, value()));
                    skipSpace();
                } while (next(','));
            }
            expect('}');
            depth--;
            return new JsonText(Kind.OBJECT, text.substring(start, at), List.copyOf(found), List.of());
        }

        private JsonText array(int start) {
            enter();
            List<JsonText> found = new ArrayList<>();
            expect('[');
            skipSpace();
            if (peek() != ']') {
                do {
                    found.add(value());
                    skipSpace();
                } while (next(','));
            }
            expect(']');
            depth--;
            return new JsonText(Kind.ARRAY, text.substring(start, at), List.of(), List.copyOf(found));
        }

        private void enter() {
            if (++depth > MAX_DEPTH) {
                throw wrong("at most " + MAX_DEPTH + " levels");
            }
        }

        private JsonText scalar(Kind kind, int start) {
            return new JsonText(kind, text.substring(start, at), List.of(), List.of());
        }

        private JsonText word(String word, Kind kind) {
            if (!text.startsWith(word, at)) {
                throw wrong(word);
            }
            int start = at;
            at += word.length();
            return scalar(kind, start);
        }

        private JsonText string(int start) {
            string();
            return scalar(Kind.STRING, start);
        }

        private JsonText number(int start) {
            number();
            return scalar(Kind.NUMBER, start);
        }

        private void string() {
            expect('"');
            while (peek() != '"') {
                char c = text.charAt(at++);
                if (c < 0x20) {
                    throw wrong("no raw control character");
                }
                if (c == '\\') {
                    escape();
                }
            }
            at++;
        }

        private void escape() {
            char c = peek();
            at++;
            if (c == 'u') {
                for (int i = 0; i < 4; i++, at++) {
                    if (Character.digit(peek(), 16) < 0) {
                        throw wrong("four hexadecimal digits");
                    }
                }
            } else if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw wrong("an escape");
            }
        }

        private void number() {
            next('-');
            if (!next('0')) {
                digits();
            }
            if (next('.')) {
                digits();
            }
            if (next('e') || next('E')) {
                if (!next('+')) {
                    next('-');
                }
                digits();
            }
        }

        private void digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start) {
                throw wrong("a value");
            }
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong("more text");
            }
            return text.charAt(at);
        }

        private boolean next(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }

        private void expect(char c) {
            if (!next(c)) {
                throw wrong("'" + c + "'");
            }
        }

        private IllegalArgumentException wrong(String expected) {
            String around = text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20));
            return new IllegalArgumentException(
                    "Not JSON: expected " + expected + " at offset " + at + ", near: " + around);
        }
    }
}
