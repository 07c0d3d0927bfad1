package io.hubwire.signalr.bus;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A position in a log: everything up to and including {@code offset} has been received. As text it is short, URL-safe and opaque to clients
 * (protocol §9.3), and the same for everyone who has received the same message.
 *
 * @param epoch which log; offsets of different logs mean nothing to each other
 * @param offset zero (before the first message) or more
 */
public record Cursor(long epoch, long offset) {
    private static final int RADIX = Character.MAX_RADIX;
    private static final Pattern FORMAT = Pattern.compile("[0-9a-z]{1,13}-[0-9a-z]{1,13}");

    public Cursor {
        if (epoch < 0 || offset < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " and offset " + offset + " must not be negative");
        }
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<Cursor> parse(String text) {
        if (!FORMAT.matcher(text).matches()) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        try {
            return Optional.of(new Cursor(
                    Long.parseLong(text.substring(0, dash), RADIX), Long.parseLong(text.substring(dash + 1), RADIX)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // 13 digits may be more than a long holds
        }
    }

    /** At most 27 characters out of {@code 0-9 a-z -}. */
    public String text() {
        return Long.toString(epoch, RADIX) + '-' + Long.toString(offset, RADIX);
    }
}
