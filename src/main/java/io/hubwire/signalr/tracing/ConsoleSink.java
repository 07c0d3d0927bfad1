package io.hubwire.signalr.tracing;

import java.io.PrintStream;

/** The standard streams, as they are at each write: a container may have replaced them. They are never closed. */
final class ConsoleSink implements LineSink {
    private final boolean errorStream;

    ConsoleSink(boolean errorStream) {
        this.errorStream = errorStream;
    }

    @Override
    public void write(byte[] lines) {
        PrintStream stream = errorStream ? System.err : System.out;
        stream.write(lines, 0, lines.length);
        stream.flush();
    }

    @Override
    public void close() {
        // not ours
    }
}
