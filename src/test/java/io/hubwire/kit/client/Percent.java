package io.hubwire.kit.client;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as JavaScript's {@code encodeURIComponent} does it, UTF-8, a space as {@code %20}. */
public final class Percent {
    private static final String UNRESERVED = "-_.~";

    private Percent() {}

    public static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
