package io.hubwire.captures;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing that the replayed client does or waits for. Steps are numbered as in the recording. */
sealed interface Action {

    /**
     * Sends request {@code step} and goes on without waiting.
     *
     * @param upgradeHeaders whether the headers of a WebSocket handshake are sent although no socket is expected
     * @param hubData text of the form field {@code data}; it brings its content type along
     * @param body raw body, when there is no {@code hubData}
     */
    record Open(
            int step,
            String method,
            String target,
            List<String> headers,
            boolean upgradeHeaders,
            Optional<String> hubData,
            Optional<String> body)
            implements Action {}

    /** Opens a WebSocket as step {@code step}. */
    record Upgrade(int step, String target, List<String> headers) implements Action {}

    /** Waits until step {@code step} has ended. */
    record AwaitEnd(int step) implements Action {}

    /** Waits until the long poll {@code step} is pending at the server. */
    record AwaitPending(int step) implements Action {}

    /** Waits until step {@code step} has received at least this much. */
    record AwaitReceived(int step, Map<Received, Integer> counts) implements Action {}

    /** Waits until the server's log holds this many of the scenario's lines. */
    record AwaitLog(int lines) implements Action {}

    /** Sends a frame on the socket of step {@code step}. */
    record SendFrame(int step, FrameKind kind, String payload) implements Action {}

    /** Watches step {@code step} for a while, then closes it. */
    record Leave(int step, Duration after, boolean exactly) implements Action {}

    /** Resets the connection of step {@code step}, once {@code at} has passed since it was opened. */
    record Drop(int step, Duration at) implements Action {}

    /** Keeps step {@code step} open until {@code until} has passed since it was opened. */
    record Hold(int step, Duration until) implements Action {}

    /** Obtains token and id {@code connection}; the recording leaves this out. */
    record Negotiate(int connection, String path, Optional<String> user, List<String> hubs) implements Action {}

    /** Opens the receive channel of {@code connection} by a request that the recording leaves out, and waits for it. */
    record Connect(int connection, String transport) implements Action {}

    /** Starts {@code connection} by a request that the recording leaves out. */
    record Start(int connection) implements Action {}

    /** Aborts {@code connection} by a request that the recording leaves out. */
    record Abort(int connection, String transport) implements Action {}

    /** Calls a hub for {@code connection} by a request that the recording leaves out, and waits for the answer. */
    record Invoke(int connection, String call) implements Action {}

    /** Asks the server's control endpoint for something, and waits for the answer. */
    record Control(String target) implements Action {}

    /** Forgets what the server has logged so far: the scenario begins here. */
    record Mark() implements Action {}

    /** Takes a cursor from a connection of its own, older than anything in the scenario. */
    record Probe() implements Action {}

    /** Stops the server. */
    record Shutdown() implements Action {}

    /** What a receive request delivers, by the letters of the recording's waits. */
    enum Received {
        /** The word that opens a server-sent events stream. */
        I,
        /** Frames with {@code S}. */
        S,
        /** Frames with {@code G}. */
        G,
        /** Messages: elements of {@code M} over all frames. */
        M,
        /** Hub responses on a WebSocket. */
        R,
        /** Pongs. */
        P
    }

    /** Frames that a client sends. */
    enum FrameKind {
        TEXT("text"),
        /** A text frame without FIN. */
        TEXT_PART("text-part"),
        CONTINUATION("continuation"),
        BINARY("binary"),
        PING("ping"),
        CLOSE("close");

        private final String word;

        FrameKind(String word) {
            this.word = word;
        }

        static FrameKind of(String word) {
            for (FrameKind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("Unknown frame kind " + word);
        }
    }
}
