package io.hubwire.signalr.connection;

import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serializes a value once and publishes it to one signal or several. */
record SignalSender(SignalPublisher publisher, JsonBinding binding) {

    CompletionStage<Void> send(String signal, Object value, Set<String> exclusions) {
        return publisher.publish(signal, encode(value), exclusions);
    }

    CompletionStage<Void> send(Collection<String> signals, Object value, Set<String> exclusions) {
        byte[] payload = encode(value);
        return CompletableFuture.allOf(signals.stream()
                .map(signal -> publisher.publish(signal, payload, exclusions))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }

    private byte[] encode(Object value) {
        return (value instanceof ByteBuffer json ? parse(json) : binding.write(value)).utf8();
    }

    /** Checked, for one malformed payload would spoil every frame that it is in. */
    private static RawJson parse(ByteBuffer json) {
        try {
            return RawJson.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(json.duplicate()).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A buffer to be sent as JSON is not UTF-8.", e);
        }
    }

    static String requireNamed(String parameter, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Argument cannot be null or empty: " + parameter);
        }
        return value;
    }

    static Set<String> exclusions(String... connectionIds) {
        for (String id : connectionIds) {
            requireNamed("excludedConnectionIds", id);
        }
        return Set.copyOf(List.of(connectionIds));
    }
}
