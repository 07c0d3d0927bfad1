package io.hubwire.captures;

import io.hubwire.captures.Action.FrameKind;
import io.hubwire.captures.Action.Received;
import io.hubwire.captures.Answer.End;
import io.hubwire.captures.Answer.Frame;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.RawExchange;
import io.hubwire.kit.client.RawWebSocket;
import io.hubwire.kit.client.ReceivedFrame;
import io.hubwire.kit.client.ResponseEnd;
import io.hubwire.kit.client.ResponseHead;
import io.hubwire.kit.client.SocketEnd;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.client.TimedFrame;
import io.hubwire.kit.client.TimedText;
import io.hubwire.kit.client.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One step of a replay: an HTTP exchange, a chain of long polls that count as one, or a WebSocket. */
abstract class ReplayedStep {
    private final int connection;
    private final long openedAt = System.nanoTime();

    private ReplayedStep(int connection) {
        this.connection = connection;
    }

    static ReplayedStep of(int connection, RawExchange exchange) {
        return new Http(connection, exchange);
    }

    static ReplayedStep of(int connection, RawWebSocket socket) {
        return new Socket(connection, socket);
    }

    /** Number of the connection whose token the request carries; 0 for none. */
    int connection() {
        return connection;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    /** What the client has seen, in the form of the recording. */
    abstract Answer answer(Answer recorded);

    abstract boolean awaitHead(Duration timeout);

    abstract boolean endsWithin(Duration timeout);

    /** Ends the connection in the ordinary way. */
    abstract void leave();

    /** Resets the connection. */
    abstract void drop();

    abstract void send(FrameKind kind, byte[] payload);

    /** Everything received, for messages to people. */
    abstract String soFar();

    /** Adds a further long poll to a step that is one. */
    abstract void add(RawExchange poll);

    abstract boolean isLongPoll(Answer recorded);

    abstract boolean awaitChange(Supplier<Boolean> condition, Duration timeout);

    /** The payloads received so far, whole ones only. */
    abstract List<String> payloads();

    boolean awaitReceived(Received what, int count, Duration timeout) {
        return awaitChange(() -> received(what) >= count, timeout);
    }

    /** How many messages the recording has here. */
    int messagesIn(Answer recorded) {
        return ChannelView.ofPayloads(TestTransport.LONG_POLLING.payloads(recorded.body()))
                .messages()
                .size();
    }

    int received(Received what) {
        ChannelView view = ChannelView.ofPayloads(payloads());
        return switch (what) {
            case I -> view.initialized() ? 1 : 0;
            case S -> view.inits();
            case G -> view.groupTokens();
            case M -> view.messages().size();
            case R -> view.responses().size();
            case P -> pongs();
        };
    }

    int pongs() {
        return 0;
    }

    Optional<String> lastCursor() {
        return frames().stream().map(ReceivedFrame::cursor).reduce((earlier, later) -> later);
    }

    Optional<String> lastGroups() {
        return frames().stream()
                .map(ReceivedFrame::groupsToken)
                .flatMap(Optional::stream)
                .reduce((earlier, later) -> later);
    }

    private List<ReceivedFrame> frames() {
        return payloads().stream()
                .map(JsonText::tryParse)
                .flatMap(Optional::stream)
                .map(ReceivedFrame::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** An HTTP exchange. */
    private static final class Http extends ReplayedStep {
        private final List<RawExchange> exchanges = new ArrayList<>();

        Http(int connection, RawExchange exchange) {
            super(connection);
            exchanges.add(exchange);
        }

        private RawExchange first() {
            return exchanges.get(0);
        }

        @Override
        Answer answer(Answer recorded) {
            Optional<ResponseHead> head = first().head();
            return new Answer(
                    head.map(ResponseHead::status).orElse(0),
                    head.flatMap(found -> found.first("Content-Type")).orElse(""),
                    head.flatMap(found -> found.first("X-Content-Type-Options"))
                            .orElse("")
                            .equals("nosniff"),
                    head.map(Http::corsHeaders).orElse(List.of()),
                    body(),
                    List.of(),
                    end(),
                    Optional.of(keepAlives()),
                    Optional.of(first().endedAfter()));
        }

        private static List<String> corsHeaders(ResponseHead head) {
            return head.lines().stream()
                    .filter(line -> line.startsWith("Access-Control-"))
                    .toList();
        }

        /** The body; of several long polls one frame with all messages. */
        private String body() {
            if (exchanges.size() == 1) {
                return first().body();
            }
            String messages = ChannelView.ofPayloads(payloads()).messages().stream()
                    .map(JsonText::raw)
                    .collect(Collectors.joining(","));
            String frame = first().body();
            return frame.substring(0, frame.indexOf("\"M\":[")) + "\"M\":[" + messages + "]}";
        }

        private End end() {
            return first().end().map(Http::endOf).orElse(new End.StillOpen());
        }

        private static End endOf(ResponseEnd end) {
            return switch (end) {
                case COMPLETE -> new End.Complete();
                case CLOSED_BY_CLIENT -> new End.ByClient();
                case CLOSED_BY_SERVER, MALFORMED -> new End.Cut();
            };
        }

        private List<Duration> keepAlives() {
            return first().pieces().stream()
                    .filter(piece -> isKeepAlive(piece.text()))
                    .map(TimedText::after)
                    .toList();
        }

        private static boolean isKeepAlive(String text) {
            return text.equals(" ") || text.equals("data: {}\n\n") || text.equals("<script>r(c, {});</script>\n\n");
        }

        @Override
        boolean awaitHead(Duration timeout) {
            return first().awaitHead(timeout);
        }

        @Override
        boolean endsWithin(Duration timeout) {
            return first().endsWithin(timeout);
        }

        @Override
        void leave() {
            exchanges.forEach(RawExchange::close);
        }

        @Override
        void drop() {
            exchanges.forEach(RawExchange::reset);
        }

        @Override
        void send(FrameKind kind, byte[] payload) {
            throw new IllegalStateException("Not a WebSocket: " + first().request());
        }

        @Override
        String soFar() {
            return exchanges.stream().map(RawExchange::body).collect(Collectors.joining());
        }

        @Override
        void add(RawExchange poll) {
            exchanges.add(poll);
        }

        @Override
        boolean isLongPoll(Answer recorded) {
            return first().head().map(ResponseHead::status).orElse(0) == 200
                    && recorded.body().strip().startsWith("{\"C\":")
                    && first().body().strip().startsWith("{\"C\":");
        }

        @Override
        boolean awaitChange(Supplier<Boolean> condition, Duration timeout) {
            return first().awaitBody(body -> condition.get(), timeout);
        }

        @Override
        List<String> payloads() {
            String type =
                    first().head().flatMap(head -> head.first("Content-Type")).orElse("");
            TestTransport transport = type.startsWith("text/event-stream")
                    ? TestTransport.SERVER_SENT_EVENTS
                    : type.startsWith("text/html") ? TestTransport.FOREVER_FRAME : TestTransport.LONG_POLLING;
            return exchanges.stream()
                    .flatMap(exchange -> transport.payloads(exchange.body()).stream())
                    .toList();
        }
    }

    /** A WebSocket, or the refusal of one. */
    private static final class Socket extends ReplayedStep {
        private final RawWebSocket socket;

        Socket(int connection, RawWebSocket socket) {
            super(connection);
            this.socket = socket;
        }

        @Override
        Answer answer(Answer recorded) {
            Optional<ResponseHead> head = socket.head();
            return new Answer(
                    head.map(ResponseHead::status).orElse(0),
                    head.flatMap(found -> found.first("Content-Type")).orElse(""),
                    head.flatMap(found -> found.first("X-Content-Type-Options"))
                            .orElse("")
                            .equals("nosniff"),
                    head.map(Http::corsHeaders).orElse(List.of()),
                    socket.refusal(),
                    frames(),
                    end(),
                    Optional.of(keepAlives()),
                    Optional.of(socket.endedAfter()));
        }

        private List<Frame> frames() {
            Stream<Frame> texts = socket.texts().stream().map(text -> new Frame(false, text));
            Stream<Frame> pongs = socket.frames().stream()
                    .map(TimedFrame::frame)
                    .filter(frame -> frame.opcode() == WebSocketFrame.PONG)
                    .map(frame -> new Frame(true, frame.text()));
            return Stream.concat(texts, pongs).toList();
        }

        private End end() {
            Optional<SocketEnd> end = socket.end();
            if (end.isEmpty()) {
                return new End.StillOpen();
            }
            return switch (end.get()) {
                case CLOSE_FRAME -> new End.Closed(socket.closeCode().orElseThrow());
                case DROPPED_BY_CLIENT -> new End.ByClient();
                case NOT_UPGRADED -> new End.Complete();
                case CUT, MALFORMED -> new End.Cut();
            };
        }

        private List<Duration> keepAlives() {
            return socket.frames().stream()
                    .filter(timed -> timed.frame().text().equals("{}"))
                    .map(TimedFrame::after)
                    .toList();
        }

        @Override
        boolean awaitHead(Duration timeout) {
            return socket.awaitOpen(timeout);
        }

        @Override
        boolean endsWithin(Duration timeout) {
            return socket.endsWithin(timeout);
        }

        @Override
        void leave() {
            socket.close();
        }

        @Override
        void drop() {
            socket.reset();
        }

        @Override
        void send(FrameKind kind, byte[] payload) {
            socket.send(frame(kind, payload));
        }

        private static WebSocketFrame frame(FrameKind kind, byte[] payload) {
            return switch (kind) {
                case TEXT -> new WebSocketFrame(true, WebSocketFrame.TEXT, payload);
                case TEXT_PART -> new WebSocketFrame(false, WebSocketFrame.TEXT, payload);
                case CONTINUATION -> new WebSocketFrame(true, WebSocketFrame.CONTINUATION, payload);
                case BINARY -> new WebSocketFrame(true, WebSocketFrame.BINARY, payload);
                case PING -> new WebSocketFrame(true, WebSocketFrame.PING, payload);
                case CLOSE -> close(new String(payload, java.nio.charset.StandardCharsets.UTF_8));
            };
        }

        private static WebSocketFrame close(String codeAndReason) {
            if (codeAndReason.isEmpty()) {
                return WebSocketFrame.close(WebSocketFrame.NO_CODE, "");
            }
            String[] words = codeAndReason.split(" ", 2);
            return WebSocketFrame.close(Integer.parseInt(words[0]), words.length > 1 ? words[1] : "");
        }

        @Override
        String soFar() {
            return socket.end().isPresent() ? socket.refusal() + frames() : frames().toString();
        }

        @Override
        void add(RawExchange poll) {
            throw new IllegalStateException("A WebSocket is no long poll");
        }

        @Override
        boolean isLongPoll(Answer recorded) {
            return false;
        }

        @Override
        boolean awaitChange(Supplier<Boolean> condition, Duration timeout) {
            return socket.awaitFrames(frames -> condition.get(), timeout);
        }

        @Override
        List<String> payloads() {
            return socket.texts();
        }

        @Override
        int pongs() {
            return (int) frames().stream().filter(Frame::pong).count();
        }
    }
}
