package io.hubwire.kit.client;

/** How a WebSocket came to its end. */
public enum SocketEnd {
    /** The server sent a close frame. */
    CLOSE_FRAME,
    /** The server closed the TCP connection without a close frame. */
    CUT,
    /** This client closed or reset the TCP connection first. */
    DROPPED_BY_CLIENT,
    /** The server did not switch protocols; its answer is an ordinary response. */
    NOT_UPGRADED,
    /** What came is no WebSocket frame, or a masked one. */
    MALFORMED
}
