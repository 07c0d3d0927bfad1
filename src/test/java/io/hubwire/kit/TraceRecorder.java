package io.hubwire.kit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one trace source says while this is open, at INFO and above. */
public final class TraceRecorder extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger source;

    private TraceRecorder(Logger source) {
        this.source = source;
    }

    /** Begins to listen to a trace source, such as {@code SignalR.Connection}. */
    public static TraceRecorder of(String source) {
        TraceRecorder recorder = new TraceRecorder(Logger.getLogger(source));
        recorder.source.addHandler(recorder);
        return recorder;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        source.removeHandler(this);
    }
}
