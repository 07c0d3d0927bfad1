package io.hubwire.kit.client;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Puts the fragments of WebSocket messages together. */
final class Messages {
    private Messages() {}

    /** The complete text messages within {@code frames}; control frames between fragments are passed over. */
    static List<String> texts(List<TimedFrame> frames) {
        List<String> texts = new ArrayList<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int opcode = -1;
        for (TimedFrame timed : frames) {
            WebSocketFrame frame = timed.frame();
            if (frame.opcode() >= WebSocketFrame.CLOSE) {
                continue;
            }
            opcode = frame.opcode() == WebSocketFrame.CONTINUATION ? opcode : frame.opcode();
            message.writeBytes(frame.payload());
            if (frame.fin()) {
                if (opcode == WebSocketFrame.TEXT) {
                    texts.add(HttpInput.utf8(message.toByteArray()));
                }
                message.reset();
            }
        }
        return List.copyOf(texts);
    }
}
