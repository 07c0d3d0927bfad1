package io.hubwire.signalr.tracing;

/** Makes one line of any text: whatever a peer has sent, it cannot begin another one, nor turn the direction of what follows. */
final class LineText {
    /** Longest line, in characters; the queue of lines is bounded by their number. */
    static final int MAX_LENGTH = 2000;

    private LineText() {}

    /** Line ends and other characters without a shape as {@code \n} or <code>&#92;u0007</code>; cut at {@link #MAX_LENGTH}. */
    static String of(String text) {
        String kept = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
        String escaped = isPlain(kept) ? kept : escape(kept);
        return text.length() <= MAX_LENGTH && escaped.length() <= MAX_LENGTH
                ? escaped
                : cut(escaped) + "… (of " + text.length() + " characters)";
    }

    private static String cut(String escaped) {
        int end = Math.min(escaped.length(), MAX_LENGTH);
        return escaped.substring(0, Character.isHighSurrogate(escaped.charAt(end - 1)) ? end - 1 : end);
    }

    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char character) {
        return (character >= ' ' && character < 0x7F) || (character > 0x7F && hasShape(character));
    }

    private static boolean hasShape(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isPlain(character)) {
                escaped.append(character);
            } else {
                escaped.append(escape(character));
            }
        }
        return escaped.toString();
    }

    private static String escape(char character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) character);
        };
    }
}
