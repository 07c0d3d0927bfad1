package io.hubwire.signalr.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Batches such as a loop hands over, for tests of those that they are handed to. */
public final class Batches {
    private Batches() {}

    /** A batch of payloads of one topic. */
    public static Batch of(String cursor, String... payloads) {
        List<Message> messages = Arrays.stream(payloads)
                .map(payload -> Message.of("topic", payload.getBytes(StandardCharsets.UTF_8)))
                .toList();
        return new Batch(messages, cursor, new LogMark(0, 0, 0));
    }
}
