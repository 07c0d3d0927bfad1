package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.Receiver;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a server's connections and transports tell their trace sources (protocol §15.2): Information when one comes or goes, Verbose for what passes, and for each of the many
 * polls. No text is built unless somebody wants it. Tokens are never told, messages by their first characters.
 */
final class ConnectionTrace {
    private static final int EXCERPT = 80;

    private final Logger connections;
    private final Map<TransportKind, Logger> transports = new EnumMap<>(TransportKind.class);

    ConnectionTrace(TraceSources sources) {
        connections = sources.of(SourceName.CONNECTION);
        for (TransportKind kind : TransportKind.values()) {
            transports.put(kind, sources.of(name(kind)));
        }
    }

    private static SourceName name(TransportKind kind) {
        return switch (kind) {
            case WEB_SOCKETS -> SourceName.WEB_SOCKET_TRANSPORT;
            case SERVER_SENT_EVENTS -> SourceName.SERVER_SENT_EVENTS_TRANSPORT;
            case FOREVER_FRAME -> SourceName.FOREVER_FRAME_TRANSPORT;
            case LONG_POLLING -> SourceName.LONG_POLLING_TRANSPORT;
        };
    }

    /** For what concerns connections whatever their transport. */
    Logger connections() {
        return connections;
    }

    void connection(Receiver receiver, String what) {
        if (connections.isLoggable(Level.DEBUG)) {
            connections.log(Level.DEBUG, line(receiver, what));
        }
    }

    void opened(Receiver receiver, Operation operation) {
        transport(receiver, level(receiver, operation), "opens", operation.text());
    }

    /** Its pipe is gone, or is being ended. */
    void ended(Receiver receiver, Operation operation, String why) {
        transport(receiver, level(receiver, operation), "ends", why);
    }

    /** Ended by this side, and not in the ordinary way. */
    void refused(Receiver receiver, String why) {
        transport(receiver, Level.DEBUG, "is refused", why);
    }

    void keepAlive(Receiver receiver) {
        transport(receiver, Level.TRACE, "gets", "a keep-alive");
    }

    void reply(Receiver receiver, WireText response) {
        Logger source = transports.get(receiver.kind());
        if (source.isLoggable(Level.TRACE)) {
            source.log(Level.TRACE, line(receiver, "gets an answer: " + excerpt(response.string())));
        }
    }

    void received(Receiver receiver, String data) {
        Logger source = transports.get(receiver.kind());
        if (source.isLoggable(Level.TRACE)) {
            source.log(Level.TRACE, line(receiver, "sends " + data.length() + " characters: " + excerpt(data)));
        }
    }

    void frame(Receiver receiver, Batch batch) {
        Logger source = transports.get(receiver.kind());
        if (source.isLoggable(Level.TRACE)) {
            source.log(Level.TRACE, line(receiver, "gets " + describe(batch)));
        }
    }

    private static String describe(Batch batch) {
        if (batch.messages().isEmpty()) {
            return "a frame without messages";
        }
        byte[] first = batch.messages().get(0).payload();
        String begin = new String(first, 0, Math.min(first.length, EXCERPT), StandardCharsets.UTF_8);
        return batch.messages().size() + " messages, the first one of " + first.length + " bytes: " + excerpt(begin)
                + (first.length > EXCERPT ? "…" : "");
    }

    private static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    private void transport(Receiver receiver, Level level, String verb, String rest) {
        Logger source = transports.get(receiver.kind());
        if (source.isLoggable(level)) {
            source.log(level, line(receiver, verb + ": " + rest));
        }
    }

    private static Level level(Receiver receiver, Operation operation) {
        return receiver.kind() == TransportKind.LONG_POLLING && operation == Operation.POLL ? Level.TRACE : Level.DEBUG;
    }

    private static String line(Receiver receiver, String what) {
        return "Connection " + receiver.connectionId() + " " + what;
    }
}
