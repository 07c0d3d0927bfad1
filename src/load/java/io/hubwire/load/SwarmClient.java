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
    static final class OverSocket extends SwarmClient {
        private final MarkScanner scanner;

        OverSocket(SocketChannel channel, MarkScanner scanner) {
            super(channel);
            this.scanner = scanner;
        }

        @Override
        int read(ByteBuffer source) {
            int found = 0;
            while (source.hasRemaining()) {
                found += scanner.scan(source.get());
            }
            return found;
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
