package io.hubwire.signalr.metrics;

import java.util.Optional;

/**
 * What is counted from the start of a server on, by the original's names (protocol §15.1); those without a rate have
 * none there.
 */
public enum Counter {
    CONNECTIONS_CONNECTED("Connections Connected", null),
    CONNECTIONS_RECONNECTED("Connections Reconnected", null),
    CONNECTIONS_DISCONNECTED("Connections Disconnected", null),

    /** Server to client: what connections received from the bus. */
    CONNECTION_MESSAGES_RECEIVED("Connection Messages Received Total", "Connection Messages Received/Sec"),

    /** Client to server. */
    CONNECTION_MESSAGES_SENT("Connection Messages Sent Total", "Connection Messages Sent/Sec"),

    MESSAGE_BUS_MESSAGES_RECEIVED("Message Bus Messages Received Total", "Message Bus Messages Received/Sec"),
    MESSAGE_BUS_MESSAGES_PUBLISHED("Message Bus Messages Published Total", "Message Bus Messages Published/Sec"),
    MESSAGE_BUS_SUBSCRIBERS("Message Bus Subscribers Total", "Message Bus Subscribers/Sec"),
    SCALEOUT_MESSAGES_RECEIVED(
            "Scaleout Message Bus Messages Received Total", "Scaleout Message Bus Messages Received/Sec"),

    ERRORS_ALL("Errors: All Total", "Errors: All/Sec"),
    ERRORS_HUB_RESOLUTION("Errors: Hub Resolution Total", "Errors: Hub Resolution/Sec"),
    ERRORS_HUB_INVOCATION("Errors: Hub Invocation Total", "Errors: Hub Invocation/Sec"),

    /** The original's spelling, which existing dashboards look for. */
    ERRORS_TRANSPORT("Errors: Tranport Total", "Errors: Transport/Sec"),

    SCALEOUT_ERRORS("Scaleout Errors Total", "Scaleout Errors/Sec"),

    /** How often a connection fell behind the log; not in the original. */
    CONNECTION_GAPS("Connection Gaps Total", null),

    /** Messages that connections will never get because they fell behind, as far as known; not in the original. */
    CONNECTION_MESSAGES_MISSED("Connection Messages Missed Total", null),

    /** Requests, messages and calls refused because a limit was reached; not in the original. */
    LIMITS_REFUSED("Limits Refused Total", null),

    /** Lines that no trace listener could write: its queue was full, or its disk; not in the original. */
    TRACE_LINES_LOST("Trace Lines Lost Total", null);

    private final String displayName;
    private final String rateName;

    Counter(String displayName, String rateName) {
        this.displayName = displayName;
        this.rateName = rateName;
    }

    /** As in the original's counter category. */
    public String displayName() {
        return displayName;
    }

    /** The name of the same thing per second, where the original has one. */
    public Optional<String> rateName() {
        return Optional.ofNullable(rateName);
    }
}
