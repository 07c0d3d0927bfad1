package io.hubwire.signalr.hosting;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Percent-decoding to UTF-8 that never fails: what is no escape, or no UTF-8, stays as it was written (protocol §1.5). */
final class PercentDecoder {
    private static final int ESCAPE_LENGTH = 3;

    private final String text;
    private final int end;
    private final boolean plusIsSpace;

    private PercentDecoder(String text, int end, boolean plusIsSpace) {
        this.text = text;
        this.end = end;
        this.plusIsSpace = plusIsSpace;
    }

    /** Decodes {@code text} from {@code start} to before {@code end}. */
    static String decode(String text, int start, int end, boolean plusIsSpace) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || (plusIsSpace && c == '+')) {
                return new PercentDecoder(text, end, plusIsSpace).decode(start, i);
            }
        }
        return text.substring(start, end);
    }

    private String decode(int start, int firstToDecode) {
        StringBuilder out = new StringBuilder(end - start).append(text, start, firstToDecode);
        int i = firstToDecode;
        while (i < end) {
            char c = text.charAt(i);
            if (isEscape(i)) {
                i = decodeEscapes(i, out);
            } else {
                out.append(plusIsSpace && c == '+' ? ' ' : c);
                i++;
            }
        }
        return out.toString();
    }

    private boolean isEscape(int i) {
        return text.charAt(i) == '%'
                && i + ESCAPE_LENGTH <= end
                && hexDigit(text.charAt(i + 1)) >= 0
                && hexDigit(text.charAt(i + 2)) >= 0;
    }

    // Character.digit would take the digits of other scripts as well.
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Decodes the escapes that follow one another from {@code start}; returns where they end. */
    private int decodeEscapes(int start, StringBuilder out) {
        int stop = start;
        while (stop < end && isEscape(stop)) {
            stop += ESCAPE_LENGTH;
        }
        byte[] bytes = new byte[(stop - start) / ESCAPE_LENGTH];
        for (int i = 0, at = start; i < bytes.length; i++, at += ESCAPE_LENGTH) {
            bytes[i] = (byte) (hexDigit(text.charAt(at + 1)) << 4 | hexDigit(text.charAt(at + 2)));
        }
        appendUtf8(bytes, start, out);
        return stop;
    }

    private void appendUtf8(byte[] bytes, int start, StringBuilder out) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, chars, true);
        while (result.isMalformed()) {
            out.append(chars.flip());
            chars.clear();
            int bad = start + in.position() * ESCAPE_LENGTH;
            out.append(text, bad, bad + result.length() * ESCAPE_LENGTH);
            in.position(in.position() + result.length());
            result = decoder.reset().decode(in, chars, true);
        }
        out.append(chars.flip());
    }
}
