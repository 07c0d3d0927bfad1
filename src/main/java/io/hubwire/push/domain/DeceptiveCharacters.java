package io.hubwire.push.domain;

/** Characters that make a text look like another one. */
final class DeceptiveCharacters {
    private DeceptiveCharacters() {}

    /** Removes control, bidirectional formatting, line separator, byte order mark, private and unassigned characters. */
    static String remove(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isDeceptive(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isDeceptive(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            // Joiners are left alone: scripts of India and emoji are misspelt without them.
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            default -> false;
        };
    }
}
