package io.hubwire.signalr.bus;

import java.util.List;
import java.util.function.Function;

/**
 * Messages for one or many subscribers, oldest first. The same object is handed to every subscriber of one loop that gets exactly these messages,
 * so that a frame is encoded once. Confined to its loop.
 */
public final class Batch {
    private final List<Message> messages;
    private final String cursor;
    private final LogMark mark;
    private Object encoded;

    /** Creates a batch; {@code mark} is where the log stood at the cursor. */
    Batch(List<Message> messages, String cursor, LogMark mark) {
        this.messages = messages;
        this.cursor = cursor;
        this.mark = mark;
    }

    LogMark mark() {
        return mark;
    }

    /** The payload messages; commands and excluded messages are left out. */
    public List<Message> messages() {
        return messages;
    }

    /**
     * The position after these messages, as text. Batches that follow a join, a leave, or an attach with groups stand at the very position at which
     * {@link Subscription#memberships} are true, so that a client never holds groups that are newer than its cursor.
     */
    public String cursor() {
        return cursor;
    }

    /** What {@code encoder} made of this batch when it was first asked; callers use one encoder for all subscribers. */
    @SuppressWarnings("unchecked") // one encoder a server, so one type
    public <T> T encoded(Function<Batch, T> encoder) {
        if (encoded == null) {
            encoded = encoder.apply(this);
        }
        return (T) encoded;
    }
}
