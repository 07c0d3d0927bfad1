package io.hubwire.push.api;

import java.nio.charset.StandardCharsets;

/** The header that makes a browser save a file under its name (RFC 6266). */
final class ContentDisposition {
    /** RFC 8187 §3.2.1 attr-char, besides letters and digits. */
    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** The name twice: in ASCII for the oldest programs, and as it is. */
    static String attachment(String name) {
        return "attachment; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** Without quotes, backslashes and per cent signs, which programs read differently. */
    private static String ascii(String name) {
        return name.replaceAll("[^\\x20-\\x7E]|[\"\\\\%]", "_");
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isAttrChar(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isAttrChar(char c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || ATTR_CHARS.indexOf(c) >= 0;
    }
}
