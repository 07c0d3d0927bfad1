package io.hubwire.push.domain;

/** The rule for the words that go with an upload. */
public final class Note {
    /** In UTF-16 units, after cleaning. */
    public static final int MAX_LENGTH = 500;

    private Note() {}

    /** Drops control and bidirectional formatting characters (line breaks become spaces) and white space at the ends. */
    public static String clean(String typed) {
        return DeceptiveCharacters.remove(typed.replaceAll("\\R|\\t", " ")).strip();
    }
}
