package io.hubwire.signalr.tracing;

import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The trace sources of one deployment, which owns them with their listeners' files and thread. Two deployments have the names in common, and with them the logs, but never a
 * listener. Safe for any thread.
 */
public final class TraceSources implements AutoCloseable {
    private static final TraceSources UNHEARD = new TraceSources(Map.of(), Optional.empty());
    private static final String DEFAULT_DIRECTORY = "logs";

    private final Map<SourceName, TraceSource> sources;
    private final Optional<TraceWriter> writer;

    private TraceSources(Map<SourceName, TraceSource> heard, Optional<TraceWriter> writer) {
        EnumMap<SourceName, TraceSource> all = new EnumMap<>(SourceName.class);
        for (SourceName name : SourceName.values()) {
            all.put(name, heard.containsKey(name) ? heard.get(name) : TraceSource.unheard(name));
        }
        this.sources = Collections.unmodifiableMap(all);
        this.writer = writer;
    }

    /** Sources to which nobody listens: all goes to the log alone. Nothing to be closed. */
    public static TraceSources unheard() {
        return UNHEARD;
    }

    /**
     * Opens the listeners that can hear anything, and starts their thread if there are any.
     *
     * @param deployment begins the thread's name
     * @param contextClassLoader of the thread
     * @param lostLines hears of lines that no listener could write, by their number; called on any thread, must return at once
     * @throws UncheckedIOException when a file cannot be opened; the message names listener, file and reason. Nothing is left open then
     * @throws IllegalArgumentException when two listeners write the same file
     */
    public static TraceSources open(
            TraceConfig config, String deployment, ClassLoader contextClassLoader, LongConsumer lostLines) {
        Outputs outputs = new Outputs(config, lostLines);
        Map<Source, List<TraceOutput>> listening = outputs.open();
        if (outputs.all().isEmpty()) {
            return unheard();
        }
        TraceWriter writer = new TraceWriter(deployment + "-trace", contextClassLoader, outputs.all());
        Map<SourceName, TraceSource> heard = new EnumMap<>(SourceName.class);
        listening.forEach((source, to) -> SourceName.parse(source.name())
                .ifPresent(name -> heard.put(name, TraceSource.heard(name, config.levels(source), writer, to))));
        writer.start();
        return new TraceSources(heard, Optional.of(writer));
    }

    /** The source of a name; always the same one. */
    public TraceSource of(SourceName name) {
        return sources.get(name);
    }

    /** Writes what waits, closes the files and ends the thread; blocks for that, a few seconds at most. What is said later goes to the log alone. Idempotent. */
    @Override
    public void close() {
        writer.ifPresent(TraceWriter::close);
    }

    /** The listeners in use, each opened once, however many sources it listens to. */
    private static final class Outputs {
        private final TraceConfig config;
        private final LongConsumer lostLines;
        private final Map<Listener, TraceOutput> opened = new LinkedHashMap<>();
        private final Map<Path, Listener> files = new LinkedHashMap<>();

        Outputs(TraceConfig config, LongConsumer lostLines) {
            this.config = config;
            this.lostLines = lostLines;
        }

        Map<Source, List<TraceOutput>> open() {
            Map<Source, List<TraceOutput>> listening = new LinkedHashMap<>();
            try {
                for (Source source : config.sources()) {
                    if (!config.levels(source).isOff()) {
                        listening.put(source, outputs(source));
                    }
                }
                return listening;
            } catch (RuntimeException e) {
                opened.values().forEach(TraceOutput::close);
                throw e;
            }
        }

        List<TraceOutput> all() {
            return List.copyOf(opened.values());
        }

        private List<TraceOutput> outputs(Source source) {
            List<TraceOutput> outputs = new ArrayList<>();
            for (Listener listener : config.listeners(source)) {
                if (listener.type().orElseThrow() != ListenerType.DEFAULT) {
                    TraceOutput known = opened.get(listener);
                    outputs.add(known == null ? open(listener) : known);
                }
            }
            return List.copyOf(outputs);
        }

        private TraceOutput open(Listener listener) {
            ListenerType type = listener.type().orElseThrow();
            TraceOutput output = new TraceOutput(
                    listener.name(),
                    type == ListenerType.DELIMITED ? LineFormat.DELIMITED : LineFormat.TEXT,
                    type.writesFile()
                            ? file(listener)
                            : new ConsoleSink(Boolean.parseBoolean(listener.initializeData())),
                    config.autoflush() || !type.writesFile(),
                    config.maxFileBytes(),
                    lostLines);
            opened.put(listener, output);
            return output;
        }

        private LineSink file(Listener listener) {
            Path path = config.directory()
                    .orElse(Path.of(DEFAULT_DIRECTORY))
                    .resolve(listener.initializeData())
                    .toAbsolutePath()
                    .normalize();
            Listener other = files.putIfAbsent(path, listener);
            if (other != null) {
                throw new IllegalArgumentException("the trace listeners \"" + other.name() + "\" and \""
                        + listener.name() + "\" both write " + path);
            }
            try {
                return RotatingFile.open(path, config.maxFileBytes(), config.keptFiles());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The trace listener \"" + listener.name() + "\" cannot write " + path + ": " + reason(e), e);
            }
        }

        private static String reason(IOException failure) {
            return failure instanceof AccessDeniedException ? "access is denied" : failure.toString();
        }
    }
}
