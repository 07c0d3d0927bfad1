package io.hubwire.signalr.metrics;

/** What goes up and down, by the original's names (protocol §15.1). */
public enum Gauge {
    CONNECTIONS_CURRENT("Connections Current"),
    CONNECTIONS_CURRENT_WEB_SOCKETS("Connections Current WebSockets"),
    CONNECTIONS_CURRENT_SERVER_SENT_EVENTS("Connections Current ServerSentEvents"),
    CONNECTIONS_CURRENT_FOREVER_FRAME("Connections Current ForeverFrame"),
    CONNECTIONS_CURRENT_LONG_POLLING("Connections Current LongPolling"),
    MESSAGE_BUS_SUBSCRIBERS_CURRENT("Message Bus Subscribers Current"),

    /** Delivery loops. */
    MESSAGE_BUS_ALLOCATED_WORKERS("Message Bus Allocated Workers"),

    /** Delivery loops that have work. */
    MESSAGE_BUS_BUSY_WORKERS("Message Bus Busy Workers"),

    MESSAGE_BUS_TOPICS_CURRENT("Message Bus Topics Current"),
    SCALEOUT_STREAMS_TOTAL("Scaleout Streams Total"),
    SCALEOUT_STREAMS_OPEN("Scaleout Streams Open"),
    SCALEOUT_STREAMS_BUFFERING("Scaleout Streams Buffering"),
    SCALEOUT_SEND_QUEUE_LENGTH("Scaleout Send Queue Length"),

    /** Our own: calls of clients that are not answered yet. */
    CALLS_IN_FLIGHT("Calls In Flight"),

    /** Our own: 1 while the server sends its clients elsewhere and takes no new ones. */
    DRAINING("Draining"),

    /** Our own: connect tickets that this node remembers to have been redeemed. */
    CONNECT_TICKETS_SPENT("Connect Tickets Spent");

    private final String displayName;

    Gauge(String displayName) {
        this.displayName = displayName;
    }

    /** As in the original's counter category. */
    public String displayName() {
        return displayName;
    }
}
