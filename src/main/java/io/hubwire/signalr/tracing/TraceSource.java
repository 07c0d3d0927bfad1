package io.hubwire.signalr.tracing;

import java.lang.System.Logger;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * A source of one deployment. What is said goes to the JVM's log of the source's name, at the levels that are set there, and to the deployment's listeners, as the source's switch
 * says: ERROR is Error, WARNING is Warning, INFO and DEBUG are Information, TRACE is Verbose. Any thread; never blocks on a listener.
 *
 * <p>Each text becomes one line of at most 2,000 characters: line ends and the like are escaped, in exceptions as well, so that nobody can forge a line. Listeners get an
 * exception's text and causes, the log gets its stack as well. Secrets are for the caller to leave out.
 */
public final class TraceSource implements Logger {
    private final Logger log;
    private final Set<Level> heard = EnumSet.noneOf(Level.class); // by listeners; filled by the constructor
    private final TraceWriter writer; // null while nobody listens
    private final List<TraceOutput> outputs;

    private TraceSource(SourceName name, SourceLevels levels, TraceWriter writer, List<TraceOutput> outputs) {
        this.log = System.getLogger(name.text());
        for (Level level : Level.values()) {
            if (TraceEventType.of(level).filter(levels::passes).isPresent()) {
                heard.add(level);
            }
        }
        this.writer = writer;
        this.outputs = outputs;
    }

    /** A source that goes to the log alone. */
    static TraceSource unheard(SourceName name) {
        return new TraceSource(name, SourceLevels.OFF, null, List.of());
    }

    static TraceSource heard(SourceName name, SourceLevels levels, TraceWriter writer, List<TraceOutput> outputs) {
        return new TraceSource(name, levels, writer, outputs);
    }

    @Override
    public String getName() {
        return log.getName();
    }

    /** Whether anybody wants to hear it; cheap. */
    @Override
    public boolean isLoggable(Level level) {
        return heard.contains(level) || log.isLoggable(level);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            say(level, localized(bundle, message), thrown);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            String message = localized(bundle, format);
            boolean plain = parameters == null || parameters.length == 0;
            say(level, plain ? message : MessageFormat.format(message, parameters), null);
        }
    }

    private void say(Level level, String message, Throwable thrown) {
        String line = LineText.of(message);
        if (log.isLoggable(level)) {
            log.log(level, line, FailureText.inLines(thrown));
        }
        if (heard.contains(level)) {
            String text = thrown == null ? line : LineText.of(message + ": " + FailureText.of(thrown));
            TraceEventType type = TraceEventType.of(level).orElseThrow();
            writer.write(
                    new TraceEvent(Instant.now(), Thread.currentThread().getName(), getName(), type, text), outputs);
        }
    }

    private static String localized(ResourceBundle bundle, String key) {
        return bundle != null && bundle.containsKey(key) ? bundle.getString(key) : String.valueOf(key);
    }
}
