package io.hubwire.load;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Counts messages in one client's bytes by the mark that each carries, also across reads, and takes their times from them. */
final class MarkScanner {
    /** As {@link ChildServer#text} begins, with the quote before it; no header of a WebSocket frame looks like that. */
    private static final byte[] MARK = "\"#t".getBytes(StandardCharsets.US_ASCII);

    private final LongConsumer stamps;
    private int matched;
    private boolean inStamp;
    private long stamp;

    /** @param stamps is told the time at which a message was published */
    MarkScanner(LongConsumer stamps) {
        this.stamps = stamps;
    }

    /** Looks at the next byte.
     *
     * @return 1 when it was the last of a mark, else 0 */
    int scan(byte next) {
        matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
        if (matched == MARK.length) {
            matched = 0;
            inStamp = true;
            stamp = 0;
            return 1;
        }
        if (inStamp && next >= '0' && next <= '9') {
            stamp = stamp * 10 + (next - '0');
        } else if (inStamp) {
            inStamp = false;
            stamps.accept(stamp);
        }
        return 0;
    }
}
