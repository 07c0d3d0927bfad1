package io.hubwire.load.soak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a message carries its number: as what somebody says, or as the name of a file. */
final class MessageText {
    private static final Pattern FORM = Pattern.compile("soak-(\\d{1,9})(\\.txt)?");

    private MessageText() {}

    static String of(int number) {
        return "soak-" + number;
    }

    static String fileName(int number) {
        return of(number) + ".txt";
    }

    /** -1 when the text is none of ours, which no message has. */
    static int number(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
