package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.WireText;
import io.hubwire.signalr.transport.Transport;
import io.hubwire.signalr.transport.TransportKind;
import java.util.List;

/** Writes down what it is to write. A write is done when the test says so to whom it concerns. */
record StoryTransport(TransportKind kind, List<String> story) implements Transport {
    /** An answer that cannot be written. */
    static final String UNWRITABLE = "unwritable";

    @Override
    public void send(WireText frame) {
        story.add("frame " + frame.string());
    }

    @Override
    public void reply(WireText response) {
        if (response.string().equals(UNWRITABLE)) {
            throw new IllegalStateException("planted");
        }
        story.add("answer " + response.string());
    }

    @Override
    public void keepAlive() {
        story.add("keep-alive");
    }

    @Override
    public void end() {
        story.add("end");
    }

    @Override
    public void end(int closeCode, String reason) {
        story.add("end " + closeCode + " " + reason);
    }
}
