package io.hubwire.signalr.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds one receive frame (protocol §4.1) from payloads that are JSON already. Confined to one call:
 *
 * <pre>{@code byte[] frame = FrameWriter.at(cursor).initializing().message(payload).toUtf8();}</pre>
 *
 * <p>The cursor and the groups token are ours and stay within printable ASCII, so the frame's size is known and one
 * array is allocated.
 */
public final class FrameWriter {
    private static final String OPEN = "{\"C\":\"";
    private static final String INITIALIZING = ",\"S\":1";
    private static final String SHUTDOWN = ",\"T\":1";
    private static final String GROUPS = ",\"G\":\"";
    private static final String DELAY = ",\"L\":";
    private static final String MESSAGES = ",\"M\":[";
    private static final String CLOSE = "]}";

    private final String cursor;
    private final List<byte[]> messages = new ArrayList<>(1);
    private boolean initializing;
    private boolean shutdown;
    private String groupsToken;
    private String delayMillis;

    private FrameWriter(String cursor) {
        this.cursor = cursor;
    }

    /**
     * Starts a frame.
     *
     * @param cursor position after the frame's messages; printable ASCII without {@code "} and backslash
     */
    public static FrameWriter at(String cursor) {
        return new FrameWriter(checkPlain("cursor", cursor));
    }

    /** Marks the first frame of a connection: {@code "S":1}. */
    public FrameWriter initializing() {
        initializing = true;
        return this;
    }

    /** Marks the last frame of a host that shuts down: {@code "T":1}. */
    public FrameWriter shutdown() {
        shutdown = true;
        return this;
    }

    /** Tells the client its groups. The token obeys the same rule as the cursor. */
    public FrameWriter groups(String token) {
        groupsToken = checkPlain("groups token", token);
        return this;
    }

    /** Tells a long-polling client to wait; rounded down to milliseconds, left out when that is 0 (protocol §4.6). */
    public FrameWriter longPollDelay(Duration delay) {
        long millis = delay.toMillis();
        delayMillis = millis == 0 ? null : Long.toString(millis);
        return this;
    }

    /**
     * Adds a payload.
     *
     * @param payload one JSON value in UTF-8; copied into the frame as it is, so it must not contain line breaks
     */
    public FrameWriter message(byte[] payload) {
        messages.add(payload);
        return this;
    }

    /** Adds payloads in order. */
    public FrameWriter messages(Iterable<byte[]> payloads) {
        payloads.forEach(messages::add);
        return this;
    }

    /** The frame; a new array. */
    public byte[] toUtf8() {
        byte[] frame = new byte[size()];
        int at = put(frame, 0, OPEN);
        at = put(frame, at, cursor);
        frame[at++] = '"';
        at = put(frame, at, initializing ? INITIALIZING : "");
        at = put(frame, at, shutdown ? SHUTDOWN : "");
        if (groupsToken != null) {
            at = put(frame, put(frame, at, GROUPS), groupsToken);
            frame[at++] = '"';
        }
        if (delayMillis != null) {
            at = put(frame, put(frame, at, DELAY), delayMillis);
        }
        at = put(frame, at, MESSAGES);
        at = putMessages(frame, at);
        put(frame, at, CLOSE);
        return frame;
    }

    private int putMessages(byte[] frame, int start) {
        int at = start;
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                frame[at++] = ',';
            }
            byte[] message = messages.get(i);
            System.arraycopy(message, 0, frame, at, message.length);
            at += message.length;
        }
        return at;
    }

    private int size() {
        int size = OPEN.length() + cursor.length() + 1 + MESSAGES.length() + CLOSE.length();
        size += initializing ? INITIALIZING.length() : 0;
        size += shutdown ? SHUTDOWN.length() : 0;
        size += groupsToken == null ? 0 : GROUPS.length() + groupsToken.length() + 1;
        size += delayMillis == null ? 0 : DELAY.length() + delayMillis.length();
        size += Math.max(0, messages.size() - 1);
        for (byte[] message : messages) {
            size = Math.addExact(size, message.length);
        }
        return size;
    }

    private static int put(byte[] frame, int start, String ascii) {
        int at = start;
        for (int i = 0; i < ascii.length(); i++) {
            frame[at++] = (byte) ascii.charAt(i);
        }
        return at;
    }

    private static String checkPlain(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '"' || c == '\\') {
                throw new IllegalArgumentException(
                        what + " has the character U+" + Integer.toHexString(c) + " at index " + i);
            }
        }
        return text;
    }
}
