package io.hubwire.signalr.transport;

import io.hubwire.signalr.metrics.Limit;

/** What a transport tells its connection. Calls come from any thread. */
public interface TransportListener {

    /** The pipe is open and writable; comes first and once, unless {@link #onClosed} comes instead. */
    void onOpen(Transport transport);

    /** The write in flight has gone out: the next may follow. */
    void onWritten();

    /** A payload from the client (protocol §4.3); only over WebSockets. One call after another; blocking stops the reading. */
    void onReceived(String data);

    /** The pipe ends because the client went beyond a limit of the host's. */
    default void onRefused(Limit limit) {}

    /**
     * The pipe is gone: the client left, a write failed, or it was ended. Once, last.
     *
     * @param clean the client or we closed it in an orderly way
     */
    void onClosed(boolean clean);
}
