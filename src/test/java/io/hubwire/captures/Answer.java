package io.hubwire.captures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a client sees of one step: recorded, with symbols, or live. The two are compared field by field.
 *
 * @param status status code; 0 when no head came before the client left
 * @param contentType the header, empty if absent
 * @param nosniff whether {@code X-Content-Type-Options: nosniff} is there
 * @param corsHeaders {@code Access-Control-…} header lines in their order
 * @param body the whole body of an HTTP answer, without marks of chunked coding
 * @param frames the server's frames, of a WebSocket
 * @param end how it ended
 * @param keepAlives when keep-alives came, where the scenario is about that
 * @param duration when the answer ended, where the scenario is about that
 */
record Answer(
        int status,
        String contentType,
        boolean nosniff,
        List<String> corsHeaders,
        String body,
        List<Frame> frames,
        End end,
        Optional<List<Duration>> keepAlives,
        Optional<Duration> duration) {

    Answer {
        corsHeaders = List.copyOf(corsHeaders);
        frames = List.copyOf(frames);
    }

    Answer withStatus(int status) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withContentType(String contentType) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withNosniff(boolean nosniff) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withBody(String body) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withFrames(List<Frame> frames) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withEnd(End end) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, duration);
    }

    Answer withKeepAlives(List<Duration> times) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, Optional.of(times), duration);
    }

    Answer withDuration(Duration time) {
        return new Answer(status, contentType, nosniff, corsHeaders, body, frames, end, keepAlives, Optional.of(time));
    }

    /** A frame of the server's that is no close frame. */
    record Frame(boolean pong, String text) {}

    /** How a step ends, as far as a client can tell. */
    sealed interface End {
        /** The answer is complete. */
        record Complete() implements End {}

        /** The client left. */
        record ByClient() implements End {}

        /** A close frame of the server's. */
        record Closed(int code) implements End {}

        /** The server cut the connection without a word. */
        record Cut() implements End {}

        /** Open when the scenario ended. */
        record StillOpen() implements End {}

        static End parse(String text) {
            return switch (text.split(" ", 2)[0]) {
                case "complete" -> new Complete();
                case "client" -> new ByClient();
                case "close" -> new Closed(Integer.parseInt(text.substring(6)));
                case "cut" -> new Cut();
                case "open" -> new StillOpen();
                default -> throw new IllegalArgumentException("Unknown end: " + text);
            };
        }
    }
}
