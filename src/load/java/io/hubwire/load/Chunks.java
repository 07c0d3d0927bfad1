package io.hubwire.load;

import java.io.IOException;

/** Takes the chunked coding (RFC 9112 §7.1) off one body after another, byte by byte. For one thread. */
public final class Chunks {
    /** Instead of a byte: it belonged to the coding. */
    public static final int CODING = -1;

    /** Instead of a byte: it was the body's last. */
    public static final int END = -2;

    private static final int HEX = 16;

    private enum State {
        SIZE,
        DATA,
        /** The line end behind the data. */
        BEHIND,
        /** The empty line behind the last chunk. */
        LAST
    }

    private State state = State.SIZE;
    private int left;

    /** Looks at the next byte.
     *
     * @return it if it is data, else {@link #CODING} or {@link #END}; after the latter a new body may begin */
    public int take(byte next) throws IOException {
        return switch (state) {
            case SIZE -> size(next);
            case DATA -> {
                if (--left == 0) {
                    state = State.BEHIND;
                }
                yield next & 0xff;
            }
            case BEHIND -> {
                if (next == '\n') {
                    state = State.SIZE;
                }
                yield CODING;
            }
            case LAST -> {
                if (next != '\n') {
                    yield CODING;
                }
                state = State.SIZE;
                yield END;
            }
        };
    }

    private int size(byte next) throws IOException {
        if (next == '\n') {
            state = left == 0 ? State.LAST : State.DATA;
        } else if (next != '\r') {
            int digit = Character.digit(next, HEX);
            if (digit < 0) {
                throw new IOException("no chunk begins with the byte " + next);
            }
            left = left * HEX + digit;
        }
        return CODING;
    }
}
