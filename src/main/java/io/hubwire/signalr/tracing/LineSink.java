package io.hubwire.signalr.tracing;

import java.io.IOException;

/** Where a listener's lines go. Used by the writer's thread alone, and may block. */
interface LineSink {

    /** Takes whole lines; all of them or, with an exception, none. */
    void write(byte[] lines) throws IOException;

    /** After the last write. Idempotent. */
    void close() throws IOException;
}
