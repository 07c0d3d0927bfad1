package io.hubwire.load.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The client's end of a WebSocket (RFC 6455 §5), as far as the server at hand uses it: whole messages, no extensions. */
final class WebSocketFrames extends ReceiveChannel {
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xa;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int LARGEST_IN_TWO_BYTES = 0xffff;
    private static final int LARGEST_PAYLOAD = 1 << 24;
    private static final int MOST_HEADER_BYTES = 14;
    private static final int MASK = 0x5ca1ab1e;

    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private int headerBytes; // of the current frame, so far
    private int first;
    private int lengthBytes; // that are still to come
    private long length;

    WebSocketFrames(Path path, Listener listener) {
        super(path, listener);
    }

    @Override
    String headers() {
        return String.join(
                "\r\n",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
                "Sec-WebSocket-Version: 13",
                "");
    }

    @Override
    int expectedStatus() {
        return 101;
    }

    @Override
    void send(String json) {
        write(masked(TEXT, json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    void body(byte next) throws IOException {
        if (headerBytes == 0) {
            first = next;
            headerBytes = 1;
            return;
        } else if (headerBytes == 1) {
            length = next & LENGTH;
            lengthBytes = length == LENGTH_IN_TWO_BYTES ? 2 : length == LENGTH_IN_EIGHT_BYTES ? 8 : 0;
            length = lengthBytes == 0 ? length : 0;
            headerBytes = 2;
        } else if (lengthBytes > 0) {
            length = (length << 8) | (next & 0xff);
            lengthBytes--;
        } else {
            payload.write(next);
        }
        if (lengthBytes == 0) {
            endWhenComplete();
        }
    }

    private void endWhenComplete() throws IOException {
        if (length > LARGEST_PAYLOAD) {
            throw new IOException("a WebSocket frame of " + length + " bytes");
        }
        if (payload.size() == length) {
            byte[] complete = payload.toByteArray();
            payload.reset();
            headerBytes = 0;
            frame(complete);
        }
    }

    private void frame(byte[] complete) throws IOException {
        int opcode = first & OPCODE;
        if ((first & FIN) == 0) {
            throw new IOException("a fragment of a WebSocket message");
        } else if (opcode == TEXT) {
            listener.frame(new String(complete, StandardCharsets.UTF_8));
        } else if (opcode == PING) {
            write(masked(PONG, complete));
        } else if (opcode == CLOSE) {
            throw new IOException("the server has closed the WebSocket"
                    + (complete.length < 2
                            ? ""
                            : " with " + ByteBuffer.wrap(complete).getShort()));
        }
    }

    private static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(MOST_HEADER_BYTES + payload.length);
        frame.put((byte) (FIN | opcode));
        if (payload.length < LENGTH_IN_TWO_BYTES) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= LARGEST_IN_TWO_BYTES) {
            frame.put((byte) (MASKED | LENGTH_IN_TWO_BYTES)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | LENGTH_IN_EIGHT_BYTES)).putLong(payload.length);
        }
        frame.putInt(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i % 4)))));
        }
        return frame.flip();
    }
}
