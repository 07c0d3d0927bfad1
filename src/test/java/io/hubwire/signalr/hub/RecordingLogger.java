package io.hubwire.signalr.hub;

import java.lang.System.Logger;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged at its level or above, a line each. */
final class RecordingLogger implements Logger {
    private final Level level;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    RecordingLogger(Level level) {
        this.level = level;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level asked) {
        return asked.getSeverity() >= level.getSeverity();
    }

    @Override
    public void log(Level at, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(at)) {
            lines.add(at + " " + message + " " + thrown);
        }
    }

    @Override
    public void log(Level at, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(at)) {
            lines.add(at + " " + format);
        }
    }
}
