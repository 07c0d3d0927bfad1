package io.hubwire.kit.client;

/** How a response, or the wait for one, came to its end. */
public enum ResponseEnd {
    /** The last chunk, the last byte of the announced length, or a response without a body. */
    COMPLETE,
    /** The server closed the connection before the response was complete (or without announcing where it ends). */
    CLOSED_BY_SERVER,
    /** This client closed or reset the connection first. */
    CLOSED_BY_CLIENT,
    /** What came is not HTTP. */
    MALFORMED
}
