package io.hubwire.signalr.connection;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Sends to the clients of one type of {@link PersistentConnection} (protocol §12). Safe for any thread; never blocks. Stages complete when the
 * bus has the message, not on delivery.
 *
 * <p>A value is serialized once, at the call: a string as a JSON string, null as {@code null}, objects by the server's JSON binding. What is JSON already
 * goes out as it is, {@link io.hubwire.signalr.protocol.RawJson} and a {@link java.nio.ByteBuffer} of JSON in UTF-8 (its remaining bytes, without white space between
 * tokens); a buffer with anything else is refused with {@link IllegalArgumentException}. A {@code byte[]} is data: it becomes base64.
 */
public interface Connection {

    /** The topic of all clients of this type, such as {@code pc-com.example.Echo} (protocol §7.1). */
    String defaultSignal();

    /**
     * Sends to all clients of this type, at whatever path.
     *
     * @param excludedConnectionIds who does not get it; none of them null or empty
     */
    CompletionStage<Void> broadcast(Object value, String... excludedConnectionIds);

    /**
     * Sends to one client, wherever it is connected. Nothing tells whether it exists.
     *
     * @param connectionId neither null nor empty
     */
    CompletionStage<Void> send(String connectionId, Object value);

    /** Sends to several clients, to each one that is named twice twice. An empty list is done at once. */
    CompletionStage<Void> send(Collection<String> connectionIds, Object value);

    /** Sends to whoever listens to a topic, see {@link PersistentConnection#signals}. */
    CompletionStage<Void> send(ConnectionMessage message);
}
