package io.hubwire.signalr.tracing;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/** How much a trace event weighs, by the names and bits of {@code System.Diagnostics}. */
enum TraceEventType {
    ERROR(2),
    WARNING(4),
    INFORMATION(8),
    VERBOSE(16);

    private final int bit;
    private final String text = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);

    TraceEventType(int bit) {
        this.bit = bit;
    }

    /** What a listener gets of a line that is logged at {@code level}: both INFO and DEBUG are Information. Empty for {@link Level#ALL} and {@link Level#OFF}. */
    static Optional<TraceEventType> of(Level level) {
        return switch (level) {
            case ERROR -> Optional.of(ERROR);
            case WARNING -> Optional.of(WARNING);
            case INFO, DEBUG -> Optional.of(INFORMATION);
            case TRACE -> Optional.of(VERBOSE);
            case ALL, OFF -> Optional.empty();
        };
    }

    int bit() {
        return bit;
    }

    /** As it stands in a line. */
    String text() {
        return text;
    }
}
