package io.hubwire.kit.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One RFC 6455 frame, legal or not. Immutable. */
public final class WebSocketFrame {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The close code that stands for a close frame without one (RFC 6455 §7.1.5). */
    public static final int NO_CODE = 1005;

    private final boolean fin;
    private final int opcode;
    private final byte[] payload;

    /**
     * @param fin whether the frame is the last of its message
     * @param opcode 0 to 15, see the constants
     * @param payload application data, unmasked
     */
    public WebSocketFrame(boolean fin, int opcode, byte[] payload) {
        if (opcode < 0 || opcode > 15) {
            throw new IllegalArgumentException("opcode " + opcode + " is not within 0..15");
        }
        this.fin = fin;
        this.opcode = opcode;
        this.payload = payload.clone();
    }

    public static WebSocketFrame text(String text) {
        return new WebSocketFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static WebSocketFrame ping(String text) {
        return new WebSocketFrame(true, PING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A close frame; {@link #NO_CODE} gives one without a payload. */
    public static WebSocketFrame close(int code, String reason) {
        if (code == NO_CODE) {
            return new WebSocketFrame(true, CLOSE, new byte[0]);
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return new WebSocketFrame(true, CLOSE, payload);
    }

    public boolean fin() {
        return fin;
    }

    public int opcode() {
        return opcode;
    }

    public byte[] payload() {
        return payload.clone();
    }

    public String text() {
        return HttpInput.utf8(payload);
    }

    /**
     * The code of a close frame, {@link #NO_CODE} if it carries none.
     *
     * @throws IllegalStateException for any other frame
     */
    public int closeCode() {
        if (opcode != CLOSE) {
            throw new IllegalStateException("opcode " + opcode + " has no close code");
        }
        return payload.length < 2 ? NO_CODE : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebSocketFrame frame
                && frame.fin == fin
                && frame.opcode == opcode
                && Arrays.equals(frame.payload, payload);
    }

    @Override
    public int hashCode() {
        return 31 * opcode + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        String shown = opcode == CLOSE ? Integer.toString(closeCode()) : text();
        return "opcode " + opcode + (fin ? "" : " (not final)") + ": " + shown;
    }
}
