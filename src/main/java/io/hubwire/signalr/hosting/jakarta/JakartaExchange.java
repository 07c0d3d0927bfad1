package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.HostSocket;
import io.hubwire.signalr.hosting.HostStream;
import io.hubwire.signalr.hosting.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An exchange on a servlet request. While the handler runs, the request belongs to its thread: whatever else is asked for waits until
 * {@link #detach}. An answer that is known by then and small is written there and then, as any servlet would; all others start
 * asynchronous processing and are written without blocking.
 */
final class JakartaExchange implements HostExchange {
    private static final Logger LOG = System.getLogger(JakartaExchange.class.getName());
    private static final byte[] MALFORMED_HANDSHAKE =
            "Not a valid web socket request.".getBytes(StandardCharsets.US_ASCII);

    private final AsyncCycle cycle;
    private final JakartaRequest request;
    private final HostingOptions options;
    private final HostThreads threads;
    private final SocketUpgrade sockets;
    private final Thread requestThread = Thread.currentThread();

    private final Object lock = new Object();
    // Guarded by lock: OPEN → ANSWERED, ATTACHED → DETACHED.
    private boolean answered;
    private boolean detached;
    private boolean upgraded;
    private Whole whole;
    private final List<Runnable> deferred = new ArrayList<>(1);
    private final List<Header> headers = new ArrayList<>(2);

    private record Header(String name, String value) {}

    /** An answer that is known as a whole. */
    private static final class Whole {
        final int status;
        final String contentType;
        final byte[] body;

        Whole(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }
    }

    /** Called on the request's thread. */
    JakartaExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            Parameters query,
            HostingOptions options,
            HostThreads threads,
            SocketUpgrade sockets) {
        this.options = options;
        this.threads = threads;
        this.sockets = sockets;
        cycle = new AsyncCycle(request, response, threads.openAnswers());
        RequestBody body = new RequestBody(cycle, options, threads, options.parameters());
        body.readIn(this::whenDetached);
        this.request = new JakartaRequest(request, query, body, options, sockets.isAvailable());
        if (this.request.asksForOtherWebSocketVersion()) {
            header("Sec-WebSocket-Version", "13");
        }
    }

    @Override
    public HostRequest request() {
        return request;
    }

    @Override
    public void header(String name, String value) {
        synchronized (lock) {
            headers.add(new Header(name, value));
        }
    }

    @Override
    public void respond(int status, String contentType, byte[] body) {
        Whole answer = new Whole(status, contentType, body);
        synchronized (lock) {
            claim();
            if (!detached) {
                whole = answer;
                return;
            }
        }
        writeDetached(answer);
    }

    @Override
    public HostStream stream(String contentType, HostStream.Listener listener) {
        JakartaStream stream = new JakartaStream(cycle, threads, options.writeTimeout(), listener);
        synchronized (lock) {
            claim();
        }
        whenDetached(() -> open(stream, 200, contentType));
        return stream;
    }

    @Override
    public void upgrade(HostSocket.Listener listener) {
        if (!request.isWebSocketUpgrade()) {
            throw new IllegalStateException("The request asks for no upgrade to WebSocket.");
        }
        synchronized (lock) {
            if (detached || Thread.currentThread() != requestThread) {
                throw new IllegalStateException("Only the handler itself may upgrade, before it returns.");
            }
            claim();
            upgraded = true;
        }
        applyHeaders(cycle.response());
        JakartaSocket socket = new JakartaSocket(listener, options, threads);
        socket.opening();
        try {
            sockets.upgrade(cycle.request(), cycle.response(), socket);
        } catch (IllegalArgumentException malformed) {
            refuseUpgrade(socket, malformed);
        } catch (RuntimeException failure) {
            socket.abandon();
            throw failure;
        }
    }

    /** Containers read headers that nobody here needs, such as the client's extensions, and throw when they cannot. */
    private void refuseUpgrade(JakartaSocket socket, IllegalArgumentException malformed) {
        LOG.log(Level.DEBUG, "The container cannot read a WebSocket handshake", malformed);
        try {
            write(new Whole(400, null, MALFORMED_HANDSHAKE), cycle.response());
        } catch (IOException peerIsGone) {
            LOG.log(Level.DEBUG, "The peer left before it was refused", peerIsGone);
        }
        socket.abandon();
        socket.closed(CloseCodes.PROTOCOL_ERROR.getCode());
    }

    /** Whether anybody has begun to answer. */
    boolean isAnswered() {
        synchronized (lock) {
            return answered;
        }
    }

    // Under lock.
    private void claim() {
        if (answered) {
            throw new IllegalStateException("The exchange has been answered before.");
        }
        answered = true;
    }

    /** Runs the action when the request has left its thread: now, or at {@link #detach}. */
    private void whenDetached(Runnable action) {
        synchronized (lock) {
            if (!detached) {
                deferred.add(action);
                return;
            }
        }
        action.run();
    }

    /** Called once, on the request's thread, when the handler has returned: from now on any thread may answer. */
    void detach() {
        Whole known;
        synchronized (lock) {
            known = whole;
        }
        if (upgraded) {
            cycle.complete();
        } else if (known != null && isSmall(known, cycle.response())) {
            writeAttached(known);
        } else {
            startAndDetach();
        }
    }

    private static boolean isSmall(Whole answer, HttpServletResponse response) {
        return answer.body.length < response.getBufferSize();
    }

    private void writeAttached(Whole answer) {
        try {
            write(answer, cycle.response());
        } catch (IOException peerIsGone) {
            LOG.log(Level.DEBUG, "The peer left before it was answered", peerIsGone);
        }
        cycle.abandon(new IOException("The request was answered before its body was read."));
    }

    private void startAndDetach() {
        try {
            cycle.start();
        } catch (IllegalStateException unsupported) {
            refuseAsync(unsupported);
            return;
        }
        List<Runnable> waiting;
        Whole known;
        synchronized (lock) {
            detached = true;
            waiting = List.copyOf(deferred);
            deferred.clear();
            known = whole;
        }
        waiting.forEach(Runnable::run);
        if (known != null) {
            writeDetached(known);
        }
    }

    private void refuseAsync(IllegalStateException unsupported) {
        LOG.log(
                Level.ERROR,
                "The request cannot be answered asynchronously. Every filter in front of Hubwire must be declared with"
                        + " async-supported=true.",
                unsupported);
        cycle.response().setStatus(500);
        cycle.abandon(unsupported);
    }

    private void writeDetached(Whole answer) {
        try {
            boolean written = cycle.use(() -> {
                boolean small = isSmall(answer, cycle.response());
                if (small) {
                    // Fits the response's buffer, so this does no I/O; the container sends it on one of its own
                    // threads.
                    write(answer, cycle.response());
                }
                return small;
            });
            if (written) {
                cycle.complete();
            } else {
                writePieceByPiece(answer);
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void writePieceByPiece(Whole answer) {
        header("Content-Length", Integer.toString(answer.body.length));
        WholeBody body = new WholeBody(answer.body);
        body.stream = new JakartaStream(cycle, threads, options.writeTimeout(), body);
        open(body.stream, answer.status, answer.contentType);
    }

    private void write(Whole answer, HttpServletResponse response) throws IOException {
        begin(response, answer.status, answer.contentType);
        response.setContentLength(answer.body.length);
        OutputStream out = response.getOutputStream();
        out.write(answer.body);
    }

    private void open(JakartaStream stream, int status, String contentType) {
        try {
            cycle.use(() -> {
                begin(cycle.response(), status, contentType);
                stream.open(cycle.response().getOutputStream(), cycle.response().getBufferSize());
                return true;
            });
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    // The peer may leave at any moment, and then the container's objects fail in their own ways.
    private void failed(Exception cause) {
        LOG.log(Level.DEBUG, "The answer could not be written", cause);
        cycle.abandon(cause);
    }

    private void begin(HttpServletResponse response, int status, String contentType) {
        response.setStatus(status);
        applyHeaders(response);
        if (contentType != null) {
            response.setContentType(contentType);
        }
    }

    private void applyHeaders(HttpServletResponse response) {
        List<Header> mine;
        synchronized (lock) {
            mine = List.copyOf(headers);
        }
        Set<String> seen = new HashSet<>();
        for (Header header : mine) {
            // The first replaces what a filter in front may have set.
            if (seen.add(header.name().toLowerCase(Locale.ROOT))) {
                response.setHeader(header.name(), header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
    }

    /** Writes a body that is too long for the response's buffer. */
    private static final class WholeBody implements HostStream.Listener {
        private final byte[] body;
        private JakartaStream stream;
        private boolean begun;

        WholeBody(byte[] body) {
            this.body = body;
        }

        @Override
        public void onWritten() {
            if (!begun) {
                begun = true;
                stream.write(body);
                stream.end();
            }
        }

        @Override
        public void onFailed(Throwable cause) {
            LOG.log(Level.DEBUG, "The peer left while it was answered", cause);
        }
    }
}
