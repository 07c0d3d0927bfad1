package io.hubwire.kit.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The byte form of a frame (RFC 6455 §5.2). */
public final class FrameBytes {
    private FrameBytes() {}

    /** A client's frame: masked with {@code mask}, four bytes. */
    public static byte[] masked(WebSocketFrame frame, byte[] mask) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] payload = frame.payload();
        writeHead(out, frame, payload.length, 0x80);
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    /** A server's frame, or a client's mistake: not masked. */
    public static byte[] unmasked(WebSocketFrame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] payload = frame.payload();
        writeHead(out, frame, payload.length, 0);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static void writeHead(ByteArrayOutputStream out, WebSocketFrame frame, int length, int maskBit) {
        out.write((frame.fin() ? 0x80 : 0) | frame.opcode());
        if (length < 126) {
            out.write(maskBit | length);
        } else if (length < 65_536) {
            out.write(maskBit | 126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(maskBit | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) length >> shift));
            }
        }
    }

    /**
     * Reads a server's frame.
     *
     * @throws IllegalArgumentException for a masked frame, reserved bits or a payload beyond {@code maxBytes}
     */
    static WebSocketFrame read(HttpInput in, int maxBytes) throws IOException {
        int first = in.one();
        int second = in.one();
        if ((first & 0x70) != 0 || (second & 0x80) != 0) {
            throw new IllegalArgumentException("Reserved or mask bits set: " + first + ", " + second);
        }
        return new WebSocketFrame((first & 0x80) != 0, first & 0x0f, in.exactly(length(in, second & 0x7f, maxBytes)));
    }

    /**
     * Reads a client's frame and takes its mask off.
     *
     * @throws IllegalArgumentException when it is not masked or longer than {@code maxBytes}
     */
    public static WebSocketFrame readMasked(HttpInput in, int maxBytes) throws IOException {
        int first = in.one();
        int second = in.one();
        if ((second & 0x80) == 0) {
            throw new IllegalArgumentException("A client's frame must be masked");
        }
        int length = length(in, second & 0x7f, maxBytes);
        byte[] mask = in.exactly(4);
        byte[] payload = in.exactly(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new WebSocketFrame((first & 0x80) != 0, first & 0x0f, payload);
    }

    private static int length(HttpInput in, int small, int maxBytes) throws IOException {
        if (small < 126) {
            return small;
        }
        long length = 0;
        for (int i = 0; i < (small == 126 ? 2 : 8); i++) {
            length = (length << 8) | in.one();
        }
        if (length < 0 || length > maxBytes) {
            throw new IllegalArgumentException("Frame of " + length + " bytes, at most " + maxBytes + " expected");
        }
        return (int) length;
    }
}
