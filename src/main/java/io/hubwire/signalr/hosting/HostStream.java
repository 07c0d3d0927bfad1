package io.hubwire.signalr.hosting;

/**
 * The body of a streamed answer. At most one write is in flight: after {@link #write} the caller waits for
 * {@link Listener#onWritten}. No method blocks. Calls come from one thread at a time.
 */
public interface HostStream {

    /**
     * Writes and flushes. {@link Listener#onWritten} may be called before this returns (same thread) or later (a container's thread).
     *
     * @throws IllegalStateException when a write is in flight or {@link #end} was called
     */
    void write(byte[] bytes);

    /**
     * Writes what nothing but {@link #end} may follow, which the caller must call in {@link Listener#onWritten}. The host may keep the bytes until then, and so
     * send them together with the end.
     *
     * @throws IllegalStateException as {@link #write}
     */
    default void writeLast(byte[] bytes) {
        write(bytes);
    }

    /** Ends the answer after the write in flight, if any. Idempotent. */
    void end();

    /** What happens to the stream. */
    interface Listener {

        /** The headers went out, or the last write did: the next may follow. Called once after opening and once a write. */
        void onWritten();

        /** The peer is gone or a write failed; nothing more will be called. At most once, never after {@link HostStream#end} finished. */
        void onFailed(Throwable cause);
    }
}
