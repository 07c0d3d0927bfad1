package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.WireText;

/**
 * One client's pipe for one receive request: framing, keep-alive and end. Knows nothing of hubs or the bus.
 *
 * <p>At most one write is in flight, keep-alive included: after {@link #send}, {@link #keepAlive} or {@link #reply} the owner waits for
 * {@link TransportListener#onWritten}. All methods but {@link #kind} are called by the connection's delivery loop, and never block; {@link #reply} is also called by workers, which
 * may coincide with an {@code end} by the loop: then either the answer leaves first, or it is dropped.
 */
public interface Transport {

    TransportKind kind();

    /** Writes one receive frame (protocol §4.5). A long poll ends with it. */
    void send(WireText frame);

    /** Writes the answer to a hub call that came over this transport; WebSockets only, others answer the send request. */
    void reply(WireText response);

    /** Writes what an idle client expects (protocol §4.5, §4.6). */
    void keepAlive();

    /** Ends the pipe: a WebSocket is closed with 1000, a stream ends, a poll that was not answered ends empty. Idempotent. */
    void end();

    /** Ends the pipe with a WebSocket close code; other transports just end. Idempotent. */
    void end(int closeCode, String reason);
}
