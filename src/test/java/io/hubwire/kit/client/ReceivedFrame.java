package io.hubwire.kit.client;

import java.util.List;
import java.util.Optional;

/**
 * A receive frame (protocol §4.1).
 *
 * @param json the frame as it came
 * @param cursor {@code C}
 * @param init whether {@code S} is there
 * @param shutdown whether {@code T} is there
 * @param groupsToken {@code G}
 * @param longPollDelayMillis {@code L}
 * @param messages the elements of {@code M}
 */
public record ReceivedFrame(
        JsonText json,
        String cursor,
        boolean init,
        boolean shutdown,
        Optional<String> groupsToken,
        Optional<Long> longPollDelayMillis,
        List<JsonText> messages) {

    /** Reads a payload as a frame; empty for a keep-alive, a hub response, or anything else without {@code C} and {@code M}. */
    public static Optional<ReceivedFrame> of(JsonText json) {
        if (!json.has("C") || !json.has("M")) {
            return Optional.empty();
        }
        return Optional.of(new ReceivedFrame(
                json,
                json.get("C").map(JsonText::text).orElseThrow(),
                json.has("S"),
                json.has("T"),
                json.get("G").map(JsonText::text),
                json.get("L").map(JsonText::raw).map(Long::valueOf),
                json.get("M").orElseThrow().elements()));
    }
}
