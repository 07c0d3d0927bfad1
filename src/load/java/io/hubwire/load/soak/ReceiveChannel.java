package io.hubwire.load.soak;

import io.hubwire.kit.client.TestTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The way on which a client receives, over one transport (protocol §4.5, §4.6). Belongs to the thread of its loop. */
abstract class ReceiveChannel implements ClientSocket.Reader {
    final Path path;
    final Listener listener;
    private final ResponseHead head = new ResponseHead();
    private boolean inHead = true;
    private ClientSocket socket;

    /** Hears what comes. */
    interface Listener {

        /** A keep-alive or anything else has come. */
        void heard();

        /** A frame has come, or the answer to a call. */
        void frame(String json);

        /** The answer to a poll is complete; the next may be sent. */
        void answered();

        /** The channel is over, but not because of {@link #close}; called once. */
        void ended(String why);
    }

    /**
     * Where sockets lead.
     *
     * @param authorization the value of that header
     */
    record Path(SocketLoop loop, InetSocketAddress from, InetSocketAddress to, String authorization) {
        ClientSocket connect(ClientSocket.Reader reader) throws IOException {
            return loop.connect(from, to, reader);
        }
    }

    ReceiveChannel(Path path, Listener listener) {
        this.path = path;
        this.listener = listener;
    }

    static ReceiveChannel over(TestTransport transport, Path path, Listener listener) {
        return switch (transport) {
            case WEB_SOCKETS -> new WebSocketFrames(path, listener);
            case SERVER_SENT_EVENTS -> new StreamOfLines(path, listener, "data: ", "");
            case FOREVER_FRAME -> new StreamOfLines(path, listener, "<script>r(c, ", ");</script>");
            case LONG_POLLING -> new Polls(path, listener);
        };
    }

    /** Sends the request that opens the channel, or the next poll. */
    void open(String pathAndQuery) {
        try {
            if (socket == null) {
                socket = path.connect(this);
            }
            inHead = true;
            socket.send(ByteBuffer.wrap(request(pathAndQuery).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException failure) {
            String why = String.valueOf(failure.getMessage());
            path.loop().execute(() -> listener.ended(why));
        }
    }

    private String request(String pathAndQuery) {
        return "GET " + pathAndQuery + " HTTP/1.1\r\nHost: " + path.to().getHostString() + ":"
                + path.to().getPort() + "\r\nAuthorization: " + path.authorization() + "\r\n" + headers() + "\r\n";
    }

    /** What the transport adds, each line with its end. */
    String headers() {
        return "";
    }

    int expectedStatus() {
        return 200;
    }

    /** Sends a call; over a WebSocket only. */
    void send(String json) {
        throw new UnsupportedOperationException("calls take another way");
    }

    final void write(ByteBuffer bytes) {
        socket.send(bytes);
    }

    void close() {
        if (socket != null) {
            socket.close();
        }
    }

    /** Makes the next request go over a new socket. */
    final void forgetSocket() {
        close();
        socket = null;
    }

    final ResponseHead head() {
        return head;
    }

    @Override
    public final void read(ByteBuffer source) throws IOException {
        listener.heard();
        while (source.hasRemaining()) {
            byte next = source.get();
            if (!inHead) {
                body(next);
            } else if (head.take(next)) {
                inHead = false;
                head.require(expectedStatus());
            }
        }
    }

    /** Takes a byte behind the head. */
    abstract void body(byte next) throws IOException;

    @Override
    public final void ended(String why) {
        listener.ended(why);
    }
}
