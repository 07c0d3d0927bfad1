package io.hubwire.signalr.protocol;

import java.util.Set;

/** JSON as a call of a function that the client names (protocol §1.7). */
public final class Jsonp {

    /** Longest callback name that is accepted, in characters. */
    public static final int MAX_CALLBACK_LENGTH = 512;

    private static final Set<String> RESERVED_WORDS = Set.of(
            "abstract",
            "arguments",
            "await",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "debugger",
            "default",
            "delete",
            "do",
            "double",
            "else",
            "enum",
            "eval",
            "export",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "function",
            "goto",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "int",
            "interface",
            "let",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "typeof",
            "var",
            "void",
            "volatile",
            "while",
            "with",
            "yield");

    private Jsonp() {}

    /**
     * Whether {@code callback} is one or more identifiers joined by dots: letters, digits, {@code $} and {@code _}, no
     * digit first, no reserved word (captures 01055 to 01064). Everything else must be refused without repeating it.
     */
    public static boolean isValidCallback(String callback) {
        if (callback.isEmpty() || callback.length() > MAX_CALLBACK_LENGTH) {
            return false;
        }
        int start = 0;
        while (start <= callback.length()) {
            int dot = callback.indexOf('.', start);
            int end = dot < 0 ? callback.length() : dot;
            if (!isIdentifier(callback.substring(start, end))) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && !Character.isDigit(name.codePointAt(0))
                && name.codePoints().allMatch(Jsonp::isIdentifierPart)
                && !RESERVED_WORDS.contains(name);
    }

    private static boolean isIdentifierPart(int codePoint) {
        return codePoint == '$' || codePoint == '_' || Character.isLetterOrDigit(codePoint);
    }

    /**
     * The script {@code callback(json);}. Line separators that JSON allows and older JavaScript does not are escaped.
     *
     * @throws IllegalArgumentException when {@link #isValidCallback} says no; the message does not repeat the callback
     */
    public static String wrap(String callback, String json) {
        if (!isValidCallback(callback)) {
            throw new IllegalArgumentException(
                    "not a JSONP callback: one or more JavaScript identifiers joined by '.' are allowed");
        }
        return callback + '(' + escapeLineSeparators(json) + ");";
    }

    private static String escapeLineSeparators(String json) {
        return json.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
