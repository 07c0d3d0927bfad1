package io.hubwire.signalr.hosting;

import io.hubwire.signalr.metrics.Limit;

/**
 * A WebSocket after its handshake. At most one send is in flight: after {@link #send} the caller waits for
 * {@link Listener#onWritten}. No method blocks. {@code close} may come at any time, from any thread; what is sent after it is dropped, and nobody is told.
 */
public interface HostSocket {

    /**
     * Sends one whole text message. {@link Listener#onWritten} may be called before this returns (same thread) or later.
     *
     * @throws IllegalStateException when a send is in flight
     */
    void send(WireText text);

    /**
     * Starts the closing handshake; waits for nothing. Idempotent; a send in flight is finished first where the container can.
     *
     * @param code RFC 6455 §7.4
     * @param reason at most 123 UTF-8 bytes, never a peer's or an exception's text
     */
    void close(int code, String reason);

    /** False once the socket is closed, failed or closing. */
    boolean isOpen();

    /** What happens to the socket. */
    interface Listener {

        /** The handshake is done; comes first and once. */
        void onOpen(HostSocket socket);

        /**
         * A whole text message. Calls come one after another; a call that blocks stops the reading from this peer (back-pressure).
         */
        void onText(String text);

        /** The host closes the socket because of a limit of its own. Never blocks. */
        default void onRefused(Limit limit) {}

        /** The send in flight went out. */
        void onWritten();

        /** The socket is gone, whoever closed it and why; comes last and once, also after a failed send. */
        void onClosed(int code);
    }
}
