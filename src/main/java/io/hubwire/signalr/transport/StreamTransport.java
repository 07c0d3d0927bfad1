package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostStream;
import io.hubwire.signalr.hosting.WireText;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A transport over one HTTP answer that stays open. Subclasses say what bytes go out; this class sees to it that the owner hears of the opening once, after the
 * stream is there and its preamble has been written.
 */
abstract class StreamTransport implements Transport, HostStream.Listener {
    private final TransportKind kind;
    private final TransportListener listener;
    // counts down as the stream object arrives and as its headers go out, in either order, on different threads
    private final AtomicInteger opening = new AtomicInteger(2);
    private volatile HostStream stream;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean open;

    StreamTransport(TransportKind kind, TransportListener listener) {
        this.kind = kind;
        this.listener = listener;
    }

    /** Begins the answer. */
    final void open(HostExchange exchange) {
        stream = exchange.stream(contentType(), this);
        openWhenBothAreThere();
    }

    abstract String contentType();

    /** What goes out before the first frame; may be empty. */
    abstract byte[] preamble();

    /** A frame in this transport's dress. */
    abstract byte[] dress(WireText frame);

    @Override
    public final TransportKind kind() {
        return kind;
    }

    @Override
    public void send(WireText frame) {
        stream.write(dress(frame));
    }

    @Override
    public final void reply(WireText response) {
        throw new IllegalStateException(kind.wireName() + " cannot carry the answer to a call");
    }

    @Override
    public final void end() {
        stream.end();
        close(true);
    }

    @Override
    public final void end(int closeCode, String reason) {
        end();
    }

    @Override
    public final void onWritten() {
        if (open) {
            written();
        } else if (opening.get() > 0) {
            openWhenBothAreThere();
        } else {
            becomeOpen();
        }
    }

    @Override
    public final void onFailed(Throwable cause) {
        close(false);
    }

    private void close(boolean clean) {
        if (closed.compareAndSet(false, true)) {
            listener.onClosed(clean);
        }
    }

    /** A write of this transport went out. */
    void written() {
        listener.onWritten();
    }

    final void write(byte[] bytes) {
        stream.write(bytes);
    }

    /** See {@link HostStream#writeLast}. */
    final void writeLast(byte[] bytes) {
        stream.writeLast(bytes);
    }

    private void openWhenBothAreThere() {
        if (opening.decrementAndGet() > 0) {
            return;
        }
        byte[] preamble = preamble();
        if (preamble.length == 0) {
            becomeOpen();
        } else {
            stream.write(preamble);
        }
    }

    private void becomeOpen() {
        open = true;
        listener.onOpen(this);
    }
}
