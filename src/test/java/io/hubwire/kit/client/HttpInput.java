package io.hubwire.kit.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the pieces that HTTP/1.1 and WebSocket messages are made of. Not thread-safe: one reader per connection. */
public final class HttpInput {
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final InputStream in;

    public HttpInput(InputStream in) {
        this.in = in;
    }

    /**
     * Reads up to and including the empty line.
     *
     * @throws EOFException when the peer closes before that
     */
    public ResponseHead head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            if (head.length() > MAX_HEAD_BYTES) {
                throw new IOException("Response head longer than " + MAX_HEAD_BYTES + " bytes");
            }
            head.append((char) one());
        }
        return ResponseHead.parse(head.substring(0, head.length() - 4));
    }

    /** Reads one byte, 0 to 255. */
    public int one() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    /** Reads what is there, at least one byte and at most {@code max}; an empty array at the end of the stream. */
    public byte[] some(int max) throws IOException {
        byte[] buffer = new byte[max];
        int n = in.read(buffer, 0, max);
        return n <= 0 ? new byte[0] : java.util.Arrays.copyOf(buffer, n);
    }

    public byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = one(); b != '\n'; b = one()) {
            line.append((char) b);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    public static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
