package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.protocol.Jsonp;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One poll: headers at once, a space a keep-alive, one frame, end (protocol §4.6). With a callback nothing is written before the frame, so
 * that the answer is one call.
 */
final class LongPollingTransport extends StreamTransport {
    private static final byte[] NOTHING = {};
    private static final byte[] SPACE = {' '};

    private final TransportListener listener;
    private final Optional<String> callback;
    private volatile boolean answered;

    LongPollingTransport(Optional<String> callback, TransportListener listener) {
        super(TransportKind.LONG_POLLING, listener);
        this.listener = listener;
        this.callback = callback;
    }

    @Override
    String contentType() {
        return (callback.isPresent() ? "application/javascript" : "application/json") + "; charset=UTF-8";
    }

    @Override
    byte[] preamble() {
        return NOTHING;
    }

    @Override
    byte[] dress(WireText frame) {
        return callback.map(name -> Jsonp.wrap(name, frame.string()).getBytes(StandardCharsets.UTF_8))
                .orElseGet(frame::utf8);
    }

    @Override
    public void send(WireText frame) {
        answered = true;
        writeLast(dress(frame));
    }

    @Override
    public void keepAlive() {
        if (callback.isPresent()) {
            listener.onWritten();
        } else {
            write(SPACE);
        }
    }

    @Override
    void written() {
        if (answered) {
            end();
        } else {
            super.written();
        }
    }
}
