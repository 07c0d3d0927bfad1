package io.hubwire.load.soak;

import java.io.IOException;
import java.util.Locale;

/** Collects the head of one HTTP response after another (RFC 9112 §4), byte by byte. */
final class ResponseHead {
    private static final int MOST_BYTES = 16_384;
    private static final int STATUS_BEGIN = 9; // behind "HTTP/1.1 "
    private static final int STATUS_END = 12;

    private final StringBuilder bytes = new StringBuilder();
    private String text = "";

    /** Looks at the next byte.
     *
     * @return whether it was the head's last */
    boolean take(byte next) throws IOException {
        bytes.append((char) (next & 0xff));
        int length = bytes.length();
        if (length > MOST_BYTES) {
            throw new IOException("the head of an answer is longer than " + MOST_BYTES + " bytes");
        }
        if (next != '\n' || length < 4 || bytes.charAt(length - 3) != '\n') {
            return false;
        }
        text = bytes.toString();
        bytes.setLength(0);
        return true;
    }

    /** The last complete head must have this status. */
    void require(int status) throws IOException {
        if (!text.startsWith(Integer.toString(status), STATUS_BEGIN)) {
            throw new IOException("the server has answered "
                    + text.substring(Math.min(STATUS_BEGIN, text.length()), Math.min(STATUS_END, text.length()))
                    + " instead of " + status);
        }
    }

    /** Whether the server closes the connection after the answer. */
    boolean closes() {
        return text.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    }
}
