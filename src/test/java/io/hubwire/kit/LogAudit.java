package io.hubwire.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged at WARNING or above, by us or by the container: a peer's mistake must leave nothing here. */
public final class LogAudit implements AutoCloseable {
    private final List<String> records = new ArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                synchronized (records) {
                    records.add(logged.getLoggerName() + ": " + logged.getMessage() + " " + logged.getThrown());
                }
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    public LogAudit() {
        root.addHandler(handler);
    }

    /** What was logged so far, as logger, message and exception. */
    public List<String> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    /** Forgets what was logged so far: the test expected it. */
    public void clear() {
        synchronized (records) {
            records.clear();
        }
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }
}
