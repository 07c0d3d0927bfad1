package io.hubwire.signalr.metrics;

/**
 * What a peer may not go beyond: each refusal is counted under one of these, and in {@link Counter#LIMITS_REFUSED}. The settings stand beside their defaults. An application
 * counts what it refuses itself beside them, by {@link Metrics#refused(String)}.
 */
public enum Limit {
    /** Clients of a node, those away included. */
    CONNECTIONS("Connections"),
    /** Clients of one authenticated user on a node. */
    CONNECTIONS_PER_USER("Connections Per User"),
    /** Clients of one address on a node. */
    CONNECTIONS_PER_ADDRESS("Connections Per Address"),
    /** Calls and messages of one connection within a second. */
    CALL_RATE("Call Rate"),
    /** Container threads that wait for a connection's earlier calls. */
    BLOCKED_READERS("Blocked Readers"),
    /** Calls and events that run or wait for a worker. */
    WORKERS("Workers"),
    /** The parts of a hub call: names, arguments, state, nesting. */
    HUB_CALL("Hub Call"),
    /** The hubs that a client lists. */
    CONNECTION_DATA("Connection Data"),
    /** Groups of one connection, by their number or by the size of their token. */
    GROUPS("Groups"),
    /** Topics of a node. */
    TOPICS("Topics"),
    /** Messages that wait for delivery. */
    BACKLOG("Backlog"),
    /** The size of a published message. */
    MESSAGE_SIZE("Message Size"),
    /** Joins and leaves that wait for their acknowledgement. */
    PENDING_ACKNOWLEDGEMENTS("Pending Acknowledgements"),
    /** Connect tickets that are remembered as spent. */
    SPENT_TICKETS("Spent Tickets"),
    /** The length of a query. */
    QUERY_LENGTH("Query Length"),
    /** Parameters of a query or form. */
    PARAMETERS("Parameters"),
    /** The size of a request body. */
    BODY_SIZE("Body Size"),
    /** The size of a WebSocket message from a client. */
    SOCKET_MESSAGE_SIZE("Socket Message Size");

    private final String displayName;

    Limit(String displayName) {
        this.displayName = displayName;
    }

    /** In the style of the original's counters, such as {@code Limits Refused: Query Length}. */
    public String displayName() {
        return displayName(displayName);
    }

    /** The same for a limit of an application. */
    static String displayName(String limit) {
        return "Limits Refused: " + limit;
    }
}
