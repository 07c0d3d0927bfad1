package io.hubwire.signalr.connection;

/** Why a receive request is to end from this side, which decides what its client hears last and whether an abort that follows is still heard. */
enum Ending {
    /** Nobody has asked for it. */
    NONE,
    /** Open for long enough: the client will reconnect, and until then an abort must be heard. */
    TIME_OUT,
    /** Replacement or abort. */
    PLAIN,
    /** The host shuts down, or the application has ended the connection: a poll tells its client to reconnect (protocol §4.1, {@code T}). */
    TO_RECONNECT
}
