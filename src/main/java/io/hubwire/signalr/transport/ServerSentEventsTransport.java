package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.WireText;
import java.nio.charset.StandardCharsets;

/** One frame an event (protocol §4.5). */
final class ServerSentEventsTransport extends StreamTransport {
    private static final byte[] INITIALIZED = "data: initialized\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = "data: {}\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.US_ASCII);

    ServerSentEventsTransport(TransportListener listener) {
        super(TransportKind.SERVER_SENT_EVENTS, listener);
    }

    @Override
    String contentType() {
        return "text/event-stream";
    }

    @Override
    byte[] preamble() {
        return INITIALIZED;
    }

    @Override
    byte[] dress(WireText frame) {
        return frame.surroundedBy(BEFORE, AFTER);
    }

    @Override
    public void keepAlive() {
        write(KEEP_ALIVE);
    }
}
