package io.hubwire.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What one client of the swarm makes of the bytes that it gets. */
abstract class SwarmClient {
    final SocketChannel channel;

    SwarmClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** The channel does not block any more. */
    void begin() throws IOException {
        // Most only listen.
    }

    /** Takes what has come.
     *
     * @return how many messages ended in it */
    abstract int read(ByteBuffer source) throws IOException;

    /** Frames are not looked at. */
    static class OverSocket extends SwarmClient {
        private final MarkScanner scanner;

        OverSocket(SocketChannel channel, MarkScanner scanner) {
            super(channel);
            this.scanner = scanner;
        }

        @Override
        int read(ByteBuffer source) throws IOException {
            int found = 0;
            while (source.hasRemaining()) {
                found += scanner.scan(source.get());
            }
            return found;
        }
    }

    /** Calls {@link LoadHub#echo}, and again when the answer has come. */
    static final class Caller extends OverSocket {
        private static final byte FINAL_TEXT = (byte) 0x81;
        private static final byte MASKED = (byte) 0x80;
        private static final byte LENGTH_IN_TWO_BYTES = 126;
        private static final int MASK = 0x5ca1ab1e;
        private static final int MOST_HEADER_BYTES = 8;

        private final int bytes;
        private int calls;

        Caller(SocketChannel channel, MarkScanner scanner, int bytes) {
            super(channel, scanner);
            this.bytes = bytes;
        }

        @Override
        void begin() throws IOException {
            call();
        }

        @Override
        int read(ByteBuffer source) throws IOException {
            int answers = super.read(source);
            if (answers > 0) {
                call();
            }
            return answers;
        }

        private void call() throws IOException {
            String text = "{\"H\":\"loadhub\",\"M\":\"Echo\",\"A\":[\"" + ChildServer.text(bytes) + "\"],\"I\":"
                    + calls++ + "}";
            ByteBuffer frame = masked(text.getBytes(StandardCharsets.US_ASCII));
            while (frame.hasRemaining()) {
                channel.write(frame); // fits the socket's buffer: nothing else is on its way
            }
        }

        /** RFC 6455 §5.2. */
        private static ByteBuffer masked(byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(MOST_HEADER_BYTES + payload.length);
            frame.put(FINAL_TEXT);
            if (payload.length < LENGTH_IN_TWO_BYTES) {
                frame.put((byte) (MASKED | payload.length));
            } else {
                frame.put((byte) (MASKED | LENGTH_IN_TWO_BYTES)).putShort((short) payload.length);
            }
            frame.putInt(MASK);
            for (int i = 0; i < payload.length; i++) {
                frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i % 4)))));
            }
            return frame.flip();
        }
    }

    /** One answer without an end. */
    static final class OverStream extends SwarmClient {
        private final MarkScanner scanner;
        private final Chunks chunks = new Chunks();

        OverStream(SocketChannel channel, MarkScanner scanner) {
            super(channel);
            this.scanner = scanner;
        }

        @Override
        int read(ByteBuffer source) throws IOException {
            int found = 0;
            while (source.hasRemaining()) {
                int data = chunks.take(source.get());
                if (data >= 0) {
                    found += scanner.scan((byte) data);
                } else if (data == Chunks.END) {
                    throw new IOException("the server has ended a stream");
                }
            }
            return found;
        }
    }

    /** One answer after another over the same connection; the cursor of each goes into the next request. */
    static final class OverPolls extends SwarmClient {
        /** The cursor stands between the third and the fourth quotation mark. */
        private static final int QUOTES_BEFORE_CURSOR = 3;

        private final MarkScanner scanner;
        private final UnaryOperator<String> requestAfter;
        private final Chunks chunks = new Chunks();
        private final StringBuilder cursor = new StringBuilder();
        private boolean inHead = true;
        private int lineLength;
        private int quotes;

        /** @param requestAfter the request for what comes after a cursor */
        OverPolls(SocketChannel channel, MarkScanner scanner, String cursor, UnaryOperator<String> requestAfter) {
            super(channel);
            this.scanner = scanner;
            this.requestAfter = requestAfter;
            this.cursor.append(cursor);
        }

        @Override
        void begin() throws IOException {
            poll();
        }

        private void poll() throws IOException {
            ByteBuffer request =
                    ByteBuffer.wrap(requestAfter.apply(cursor.toString()).getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) {
                channel.write(request); // fits the socket's buffer: nothing else is on its way
            }
            cursor.setLength(0);
            quotes = 0;
            inHead = true;
        }

        @Override
        int read(ByteBuffer source) throws IOException {
            int found = 0;
            while (source.hasRemaining()) {
                byte next = source.get();
                if (inHead) {
                    head(next);
                    continue;
                }
                int data = chunks.take(next);
                if (data >= 0) {
                    found += scanner.scan((byte) data);
                    collectCursor((char) data);
                } else if (data == Chunks.END) {
                    poll();
                }
            }
            return found;
        }

        /** The head ends with an empty line. */
        private void head(byte next) {
            if (next == '\n') {
                inHead = lineLength > 0;
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }

        private void collectCursor(char next) {
            if (quotes > QUOTES_BEFORE_CURSOR) {
                return;
            }
            if (next == '"') {
                quotes++;
            } else if (quotes == QUOTES_BEFORE_CURSOR) {
                cursor.append(next);
            }
        }
    }
}
