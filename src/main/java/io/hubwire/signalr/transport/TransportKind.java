package io.hubwire.signalr.transport;

import java.util.Locale;
import java.util.Optional;

/** The transports by their names on the wire (protocol §1.3 step 7). */
public enum TransportKind {
    WEB_SOCKETS("webSockets"),
    SERVER_SENT_EVENTS("serverSentEvents"),
    FOREVER_FRAME("foreverFrame"),
    LONG_POLLING("longPolling");

    private final String wireName;

    TransportKind(String wireName) {
        this.wireName = wireName;
    }

    /** The value of the query parameter {@code transport}. */
    public String wireName() {
        return wireName;
    }

    /** Finds a transport by its wire name, in any case. */
    public static Optional<TransportKind> ofWireName(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (TransportKind kind : values()) {
            if (kind.wireName.toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
