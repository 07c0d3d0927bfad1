package io.hubwire.signalr.transport;

import io.hubwire.signalr.hosting.WireText;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * One frame a script in a page that never ends (protocol §4.5). Whatever is inside a JSON string reaches the page with {@code <} and {@code >} escaped, so no
 * payload can close the script.
 */
final class ForeverFrameTransport extends StreamTransport {
    private static final byte[] KEEP_ALIVE = "<script>r(c, {});</script>\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final long HIGHEST_FRAME_ID = 0xFFFF_FFFFL;
    private static final int MOST_DIGITS = 10;

    private final long frameId;

    /** @param frameId an unsigned 32-bit number, see {@link #frameId(String)} */
    ForeverFrameTransport(long frameId, TransportListener listener) {
        super(TransportKind.FOREVER_FRAME, listener);
        this.frameId = frameId;
    }

    /** Parses the query parameter {@code frameId}: digits only, 32 bits unsigned; empty when it is anything else. */
    static OptionalLong frameId(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(text);
        return value <= HIGHEST_FRAME_ID ? OptionalLong.of(value) : OptionalLong.empty();
    }

    @Override
    String contentType() {
        return "text/html; charset=UTF-8";
    }

    @Override
    byte[] preamble() {
        return ("<!DOCTYPE html><html><head><title>SignalR foreverFrame</title><script>\n"
                        + "var $ = window.parent.jQuery,\n"
                        + "    ff = $ ? $.signalR.transports.foreverFrame : null,\n"
                        + "    c = ff ? ff.getConnection('" + frameId + "') : null,\n"
                        + "    r = ff ? ff.receive : function () {};\n"
                        + "if (ff) { ff.started(c); }\n"
                        + "</script></head><body>\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    byte[] dress(WireText frame) {
        String escaped = frame.string().replace("<", "\\u003c").replace(">", "\\u003e");
        return ("<script>r(c, " + escaped + ");</script>\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void keepAlive() {
        write(KEEP_ALIVE);
    }
}
