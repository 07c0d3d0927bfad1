package io.hubwire.kit.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request that was sent and whatever has come back so far. A stream or a long poll is watched while it grows; everything
 * is readable from any thread at any time. Close it when done: that ends the connection and the reading thread.
 */
public final class RawExchange implements AutoCloseable {
    private static final int READ_BYTES = 16 * 1024;

    private final Socket socket;
    private final RawHttpRequest request;
    private final long sentAt = System.nanoTime();
    private final Changes changes = new Changes();
    private final Thread reader;

    // The state below is read and written under the lock of changes.
    private ResponseHead head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<TimedText> pieces = new ArrayList<>();
    private ResponseEnd end;
    private Duration endedAfter = Duration.ZERO;
    private String problem = "";

    RawExchange(Socket socket, RawHttpRequest request) {
        this.socket = socket;
        this.request = request;
        this.reader = new Thread(this::read, "kit-http " + request);
        reader.setDaemon(true);
    }

    void startReading() {
        reader.start();
    }

    public RawHttpRequest request() {
        return request;
    }

    /** The head, as soon as it is complete. */
    public Optional<ResponseHead> head() {
        return changes.read(() -> Optional.ofNullable(head));
    }

    /** The body so far, decoded as UTF-8, without the marks of chunked coding. */
    public String body() {
        return changes.read(() -> HttpInput.utf8(body.toByteArray()));
    }

    /** The body so far, one entry per read of the network. */
    public List<TimedText> pieces() {
        return changes.read(() -> List.copyOf(pieces));
    }

    /** How the response ended; empty while it is open. */
    public Optional<ResponseEnd> end() {
        return changes.read(() -> Optional.ofNullable(end));
    }

    /** When it ended, counted from the sending of the request; zero while it is open. */
    public Duration endedAfter() {
        return changes.read(() -> endedAfter);
    }

    /** Waits for the head; false when the response ended without one or {@code timeout} passed. */
    public boolean awaitHead(Duration timeout) {
        changes.await(() -> head != null || end != null, timeout);
        return head().isPresent();
    }

    /** Waits until the body so far satisfies {@code condition}; false when it ended or {@code timeout} passed first. */
    public boolean awaitBody(Predicate<String> condition, Duration timeout) {
        changes.await(() -> end != null || condition.test(HttpInput.utf8(body.toByteArray())), timeout);
        return condition.test(body());
    }

    /**
     * Waits for the end of the response.
     *
     * @throws AssertionError when {@code timeout} passes first
     */
    public ResponseEnd awaitEnd(Duration timeout) {
        if (!changes.await(() -> end != null, timeout)) {
            throw new AssertionError("No end of the response to " + request + " within " + timeout.toMillis()
                    + " ms; so far: " + head().map(ResponseHead::status) + " " + body());
        }
        return end().orElseThrow();
    }

    /** Waits at most {@code timeout}; true when the response has ended. */
    public boolean endsWithin(Duration timeout) {
        return changes.await(() -> end != null, timeout);
    }

    /**
     * The status of the answer.
     *
     * @throws AssertionError when there is none yet
     */
    public int status() {
        return head().orElseThrow(() -> new AssertionError("No answer to " + request + " " + problem))
                .status();
    }

    /** Closes our sending side only; the answer can still be read. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection in the ordinary way. Harmless when it has ended. */
    @Override
    public void close() {
        finish(ResponseEnd.CLOSED_BY_CLIENT, "");
        Sockets.closeQuietly(socket);
    }

    /** Ends the connection with a TCP reset. */
    public void reset() {
        finish(ResponseEnd.CLOSED_BY_CLIENT, "");
        Sockets.reset(socket);
    }

    private void read() {
        HttpInput in;
        try {
            in = new HttpInput(socket.getInputStream());
            ResponseHead received = in.head();
            changes.make(() -> head = received);
            finish(readBody(in, received), "");
        } catch (EOFException e) {
            finish(ResponseEnd.CLOSED_BY_SERVER, "");
        } catch (IOException e) {
            finish(ResponseEnd.CLOSED_BY_SERVER, e.toString());
        } catch (IllegalArgumentException e) {
            finish(ResponseEnd.MALFORMED, e.getMessage());
        } finally {
            Sockets.closeQuietly(socket);
        }
    }

    private ResponseEnd readBody(HttpInput in, ResponseHead received) throws IOException {
        int status = received.status();
        if (request.method().equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return ResponseEnd.COMPLETE;
        }
        if (received.first("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
            return readChunks(in);
        }
        Optional<String> length = received.first("Content-Length");
        if (length.isPresent()) {
            return readLength(in, Integer.parseInt(length.get()));
        }
        for (byte[] piece = in.some(READ_BYTES); piece.length > 0; piece = in.some(READ_BYTES)) {
            add(piece);
        }
        return ResponseEnd.CLOSED_BY_SERVER;
    }

    private ResponseEnd readChunks(HttpInput in) throws IOException {
        while (true) {
            String size = in.line();
            int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
            if (length == 0) {
                in.line();
                return ResponseEnd.COMPLETE;
            }
            add(in.exactly(length));
            in.line();
        }
    }

    private ResponseEnd readLength(HttpInput in, int length) throws IOException {
        int left = length;
        while (left > 0) {
            byte[] piece = in.some(Math.min(left, READ_BYTES));
            if (piece.length == 0) {
                return ResponseEnd.CLOSED_BY_SERVER;
            }
            add(piece);
            left -= piece.length;
        }
        return ResponseEnd.COMPLETE;
    }

    private void add(byte[] piece) {
        changes.make(() -> {
            body.writeBytes(piece);
            pieces.add(new TimedText(sinceSent(), HttpInput.utf8(piece)));
        });
    }

    private void finish(ResponseEnd how, String why) {
        changes.make(() -> {
            if (end == null) {
                end = how;
                endedAfter = sinceSent();
                problem = why;
            }
        });
    }

    private Duration sinceSent() {
        return Duration.ofNanos(System.nanoTime() - sentAt);
    }
}
