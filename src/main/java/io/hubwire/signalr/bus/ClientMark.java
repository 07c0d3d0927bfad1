package io.hubwire.signalr.bus;

/**
 * Where the log stood at the cursor that a client has, so that one which grows stale is noticed. Confined to the loop.
 *
 * <p>Keeps numbers, not a {@link LogMark}: a reference to a young object in an old one, written with every delivery, made a broadcast to 10,000 eight
 * times as expensive under G1.
 */
final class ClientMark {
    private boolean known; // the client has a cursor, and not one from before the attach
    private long entries;
    private long bytes;
    private long nanos;

    void move(LogMark mark) {
        known = true;
        entries = mark.entries();
        bytes = mark.bytes();
        nanos = mark.nanos();
    }

    /** Whether the log has moved by a quarter of its retention since, or the client has no cursor that it could have moved on from. */
    boolean isStale(DeliveryLoop loop) {
        return !known || loop.hasMovedAQuarterSince(entries, bytes, nanos);
    }
}
