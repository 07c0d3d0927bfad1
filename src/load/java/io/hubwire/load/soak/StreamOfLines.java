package io.hubwire.load.soak;

import io.hubwire.load.Chunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An answer without an end that has one frame a line, between a beginning and an end: serverSentEvents, foreverFrame. */
final class StreamOfLines extends ReceiveChannel {
    private final String before;
    private final String behind;
    private final Chunks chunks = new Chunks();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    StreamOfLines(Path path, Listener listener, String before, String behind) {
        super(path, listener);
        this.before = before;
        this.behind = behind;
    }

    @Override
    void body(byte next) throws IOException {
        int data = chunks.take(next);
        if (data == Chunks.END) {
            throw new IOException("the server has ended the stream");
        } else if (data == '\n') {
            line(line.toString(StandardCharsets.UTF_8).strip());
            line.reset();
        } else if (data >= 0) {
            line.write(data);
        }
    }

    /** Lines that hold no frame, of the preamble for example, are none of ours. */
    private void line(String text) {
        if (text.startsWith(before + "{") && text.endsWith(behind)) {
            listener.frame(text.substring(before.length(), text.length() - behind.length()));
        }
    }
}
