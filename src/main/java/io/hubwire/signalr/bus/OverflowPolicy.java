package io.hubwire.signalr.bus;

/**
 * What happens to a live subscription that has fallen behind what its topics still hold. It is told of the gap in either case. A
 * gap that is found on attaching is told, and never ends the subscription: its client could do no better than come back with the same cursor.
 */
public enum OverflowPolicy {
    /** It goes on with the oldest message that is left (what SignalR does). */
    SKIP,
    /** It is ended; its client may come back with a new cursor. */
    DISCONNECT
}
