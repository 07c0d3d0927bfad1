package io.hubwire.signalr.protocol;

import java.math.BigDecimal;

/**
 * Writes JSON strings and numbers the way the original server does (protocol §4.2), so that what clients compare or
 * parse themselves stays the same to the byte.
 */
public final class Json {

    /** Deepest nesting that an argument or a state may have; a scalar has depth 0 (capture 07038). */
    public static final int MAX_READ_DEPTH = 20;

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final char REPLACEMENT = '\uFFFD';

    private Json() {}

    /** {@code value} as a JSON string, or {@code null} for null. */
    public static String quote(CharSequence value) {
        if (value == null) {
            return "null";
        }
        if (isPlain(value)) { // most are: one copy in place of three
            return "\"" + value + '"';
        }
        StringBuilder json = new StringBuilder(value.length() + 2);
        appendString(json, value);
        return json.toString();
    }

    /**
     * Appends a JSON string. Escaped are the quotation mark, the backslash, control characters below U+0020, U+0085,
     * U+2028 and U+2029; {@code /}, U+007F and all other characters are written as they are (captures 05004, 05058). A
     * surrogate without its partner, which UTF-8 cannot carry, becomes U+FFFD.
     */
    public static void appendString(StringBuilder json, CharSequence value) {
        json.append('"');
        int length = value.length();
        int copied = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (isPlain(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
                continue;
            }
            json.append(value, copied, i);
            appendSpecial(json, c);
            copied = i + 1;
        }
        json.append(value, copied, length).append('"');
    }

    private static boolean isPlain(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c < 0x80
                ? c >= ' ' && c != '"' && c != '\\'
                : c != '\u0085' && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
    }

    private static void appendSpecial(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            default -> {
                if (Character.isSurrogate(c)) {
                    json.append(REPLACEMENT);
                } else {
                    appendUnicodeEscape(json, c);
                }
            }
        }
    }

    private static void appendUnicodeEscape(StringBuilder json, char c) {
        json.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 0xF])
                .append(HEX[c >> 4 & 0xF])
                .append(HEX[c & 0xF]);
    }

    /**
     * Appends a number as the original prints it: {@code 1.0}, {@code 1E+21}, {@code 1E-07}; no negative zero; NaN and
     * the infinities as the strings {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"} (captures 05024, 05025).
     */
    public static void appendDouble(StringBuilder json, double value) {
        JsonNumbers.append(json, value);
    }

    /** Like {@link #appendDouble}, with the digits that a float has (capture 05026). */
    public static void appendFloat(StringBuilder json, float value) {
        JsonNumbers.append(json, value);
    }

    /**
     * Appends a decimal with its own scale, at least one digit behind the point: {@code 12.30}, {@code 1.0} (capture
     * 05043).
     */
    public static void appendDecimal(StringBuilder json, BigDecimal value) {
        JsonNumbers.append(json, value);
    }

    /**
     * Makes JSON safe inside an HTML script: {@code <} and {@code >} can only occur in strings and become escapes
     * (protocol §4.5).
     *
     * @param json well-formed JSON
     */
    public static String escapeHtml(String json) {
        if (json.indexOf('<') < 0 && json.indexOf('>') < 0) {
            return json;
        }
        return json.replace("<", "\\u003c").replace(">", "\\u003e");
    }
}
