package io.hubwire.kit.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A WebSocket that sends any frame it is told to, legal or not, and records every frame it receives. It answers neither pings
 * nor closes by itself. Usable from any thread; frames are written one after another. Close it when done.
 */
public final class RawWebSocket implements AutoCloseable {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final RawHttpRequest handshake;
    private final String key;
    private final long sentAt = System.nanoTime();
    private final Changes changes = new Changes();
    private final Object writing = new Object();

    // The state below is read and written under the lock of changes.
    private ResponseHead head;
    private String refusal = "";
    private final List<TimedFrame> frames = new ArrayList<>();
    private SocketEnd end;
    private Duration endedAfter = Duration.ZERO;

    private RawWebSocket(Socket socket, RawHttpRequest handshake, String key) {
        this.socket = socket;
        this.handshake = handshake;
        this.key = key;
    }

    /**
     * Sends a handshake for {@code target} with the usual headers and {@code headers} besides, and returns at once.
     *
     * @param target request target, already percent-encoded
     */
    public static RawWebSocket open(RawHttpClient client, String target, List<String> headers) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        RawHttpRequest handshake = RawHttpRequest.get(target)
                .header("Upgrade: websocket")
                .header("Connection: Upgrade")
                .header("Sec-WebSocket-Key: " + key)
                .header("Sec-WebSocket-Version: 13")
                .headers(headers);
        return open(client, handshake, key);
    }

    /** Sends a handshake of the caller's own making; {@code key} is what the answer is checked against. */
    public static RawWebSocket open(RawHttpClient client, RawHttpRequest handshake, String key) {
        RawWebSocket webSocket = new RawWebSocket(client.send(handshake), handshake, key);
        Thread reader = new Thread(webSocket::read, "kit-ws " + handshake);
        reader.setDaemon(true);
        reader.start();
        return webSocket;
    }

    /** The head of the answer to the handshake, as soon as it is complete. */
    public Optional<ResponseHead> head() {
        return changes.read(() -> Optional.ofNullable(head));
    }

    /** The body of a refusal; empty after a successful upgrade. */
    public String refusal() {
        return changes.read(() -> refusal);
    }

    /** The frames received so far. */
    public List<TimedFrame> frames() {
        return changes.read(() -> List.copyOf(frames));
    }

    /** The texts of the complete text messages received so far, fragments put together. */
    public List<String> texts() {
        return changes.read(() -> Messages.texts(frames));
    }

    public Optional<SocketEnd> end() {
        return changes.read(() -> Optional.ofNullable(end));
    }

    /** When it ended, counted from the sending of the handshake; zero while it is open. */
    public Duration endedAfter() {
        return changes.read(() -> endedAfter);
    }

    /** The code of the server's close frame, if it sent one. */
    public Optional<Integer> closeCode() {
        return frames().stream()
                .map(TimedFrame::frame)
                .filter(frame -> frame.opcode() == WebSocketFrame.CLOSE)
                .map(WebSocketFrame::closeCode)
                .findFirst();
    }

    /** Waits for the answer to the handshake; true when it is 101. */
    public boolean awaitOpen(Duration timeout) {
        changes.await(() -> head != null || end != null, timeout);
        return head().map(ResponseHead::status).orElse(0) == 101;
    }

    /** Waits until the texts so far satisfy {@code condition}; false when the socket ended or time passed first. */
    public boolean awaitTexts(Predicate<List<String>> condition, Duration timeout) {
        changes.await(() -> end != null || condition.test(Messages.texts(frames)), timeout);
        return condition.test(texts());
    }

    /** Waits until the frames so far satisfy {@code condition}; false when the socket ended or time passed first. */
    public boolean awaitFrames(Predicate<List<TimedFrame>> condition, Duration timeout) {
        changes.await(() -> end != null || condition.test(frames), timeout);
        return condition.test(frames());
    }

    /** Waits at most {@code timeout}; true when the socket has ended. */
    public boolean endsWithin(Duration timeout) {
        return changes.await(() -> end != null, timeout);
    }

    /** Sends one masked frame. */
    public void send(WebSocketFrame frame) {
        byte[] mask = new byte[4];
        RANDOM.nextBytes(mask);
        sendRaw(FrameBytes.masked(frame, mask));
    }

    public void sendText(String text) {
        send(WebSocketFrame.text(text));
    }

    /** Sends a close frame and goes on reading until the server answers or cuts. */
    public void sendClose(int code, String reason) {
        send(WebSocketFrame.close(code, reason));
    }

    /** Sends bytes as they are: an unmasked frame, half a frame, garbage. */
    public void sendRaw(byte[] bytes) {
        synchronized (writing) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot send on " + handshake, e);
            }
        }
    }

    /** Closes the TCP connection without a close frame. Harmless when it has ended. */
    @Override
    public void close() {
        finish(SocketEnd.DROPPED_BY_CLIENT);
        Sockets.closeQuietly(socket);
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        finish(SocketEnd.DROPPED_BY_CLIENT);
        Sockets.reset(socket);
    }

    private void read() {
        try {
            HttpInput in = new HttpInput(socket.getInputStream());
            ResponseHead received = in.head();
            changes.make(() -> head = received);
            if (received.status() == 101) {
                checkAccept(received);
                finish(readFrames(in));
            } else {
                readRefusal(in, received);
                finish(SocketEnd.NOT_UPGRADED);
            }
        } catch (EOFException e) {
            finish(SocketEnd.CUT);
        } catch (IOException e) {
            finish(head().isPresent() ? SocketEnd.CUT : SocketEnd.NOT_UPGRADED);
        } catch (IllegalArgumentException e) {
            finish(SocketEnd.MALFORMED);
        } finally {
            Sockets.closeQuietly(socket);
        }
    }

    private SocketEnd readFrames(HttpInput in) throws IOException {
        while (true) {
            WebSocketFrame frame = FrameBytes.read(in, MAX_FRAME_BYTES);
            changes.make(() -> frames.add(new TimedFrame(sinceSent(), frame)));
            if (frame.opcode() == WebSocketFrame.CLOSE) {
                return SocketEnd.CLOSE_FRAME;
            }
        }
    }

    private void readRefusal(HttpInput in, ResponseHead received) throws IOException {
        StringBuilder text = new StringBuilder();
        if (received.first("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            for (int n = chunkSize(in); n > 0; n = chunkSize(in)) {
                text.append(HttpInput.utf8(in.exactly(n)));
                in.line();
            }
        } else {
            text.append(HttpInput.utf8(
                    in.exactly(Integer.parseInt(received.first("Content-Length").orElse("0")))));
        }
        changes.make(() -> refusal = text.toString());
    }

    private static int chunkSize(HttpInput in) throws IOException {
        return Integer.parseInt(in.line().strip(), 16);
    }

    private void checkAccept(ResponseHead received) {
        String expected = accept(key);
        String actual = received.first("Sec-WebSocket-Accept").orElse("none");
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("Sec-WebSocket-Accept is " + actual + ", not " + expected);
        }
    }

    /** The value of {@code Sec-WebSocket-Accept} that belongs to a key (RFC 6455 §4.2.2). */
    public static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private void finish(SocketEnd how) {
        changes.make(() -> {
            if (end == null) {
                end = how;
                endedAfter = sinceSent();
            }
        });
    }

    private Duration sinceSent() {
        return Duration.ofNanos(System.nanoTime() - sentAt);
    }
}
