package io.hubwire.signalr.hosting;

import java.nio.charset.StandardCharsets;

/**
 * A text that goes to one or many peers, encoded once. Immutable and safe for any thread; the other form is made on first use
 * and kept (two threads may make it twice; both are equal).
 */
public final class WireText {
    private final byte[] utf8;
    private volatile String string;

    private WireText(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Takes text that is encoded already.
     *
     * @param utf8 well-formed UTF-8; owned by the new object from here on
     */
    public static WireText ofUtf8(byte[] utf8) {
        return new WireText(utf8);
    }

    /** Encodes {@code text}. */
    public static WireText of(String text) {
        WireText made = new WireText(text.getBytes(StandardCharsets.UTF_8));
        made.string = text;
        return made;
    }

    /** The shared bytes; callers must not change them. */
    public byte[] utf8() {
        return utf8;
    }

    /** Length in UTF-8 bytes. */
    public int length() {
        return utf8.length;
    }

    /** The same as a string, decoded on first use. */
    public String string() {
        String text = string;
        if (text == null) {
            text = new String(utf8, StandardCharsets.UTF_8);
            string = text;
        }
        return text;
    }

    /** A copy of the bytes between two others. */
    public byte[] surroundedBy(byte[] before, byte[] after) {
        byte[] whole = new byte[before.length + utf8.length + after.length];
        System.arraycopy(before, 0, whole, 0, before.length);
        System.arraycopy(utf8, 0, whole, before.length, utf8.length);
        System.arraycopy(after, 0, whole, before.length + utf8.length, after.length);
        return whole;
    }

    @Override
    public String toString() {
        return string();
    }
}
