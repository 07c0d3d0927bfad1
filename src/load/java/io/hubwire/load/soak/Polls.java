package io.hubwire.load.soak;

import io.hubwire.load.Chunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One answer after another, over the same socket as long as the server keeps it: longPolling. */
final class Polls extends ReceiveChannel {
    private final Chunks chunks = new Chunks();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    Polls(Path path, Listener listener) {
        super(path, listener);
    }

    @Override
    void body(byte next) throws IOException {
        int data = chunks.take(next);
        if (data >= 0) {
            frame.write(data);
        } else if (data == Chunks.END) {
            String text = frame.toString(StandardCharsets.UTF_8).strip();
            frame.reset();
            if (head().closes()) {
                forgetSocket();
            }
            listener.frame(text);
            listener.answered();
        }
    }
}
