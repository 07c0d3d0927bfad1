package io.hubwire.signalr.tracing;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which trace sources are listened to, by whom, and from which level on: {@code system.diagnostics}, in the shape that it has there. Immutable; checked as a whole, so
 * the order of elements has no meaning. Nothing is opened here.
 *
 * @param sources those that have listeners, each once
 * @param switches where the switches stand, by name, in whatever case; {@value #SIGNALR_SWITCH} is that of every source that names no other, and off unless it
 *     stands here
 * @param sharedListeners those to which sources refer by name
 * @param autoflush whether each line is in its file as soon as the writer is idle; without it, when 64 KiB have gathered and at the end
 * @param directory to which relative names of files refer; nobody may serve it. Empty: the one that the host proposes, or else {@code logs} in the working
 *     directory
 * @param maxFileBytes how large a file becomes before it is put aside under its name and {@code .1}; at least 16 KiB, default 10 MiB
 * @param keptFiles how many are kept aside, the newest one with the lowest number; 0 to 1,000, default 4
 */
public record TraceConfig(
        List<Source> sources,
        Map<String, SourceLevels> switches,
        List<Listener> sharedListeners,
        boolean autoflush,
        Optional<Path> directory,
        long maxFileBytes,
        int keptFiles) {

    /** The switch of all sources. */
    public static final String SIGNALR_SWITCH = "SignalRSwitch";

    /** Nobody listens. */
    public static final TraceConfig NONE = of(List.of(), Map.of(), List.of(), false);

    private static final long LEAST_FILE_BYTES = 16 * 1024;
    private static final long DEFAULT_FILE_BYTES = 10L * 1024 * 1024;
    private static final int MOST_KEPT_FILES = 1000;
    private static final int DEFAULT_KEPT_FILES = 4;

    /**
     * A source that is listened to.
     *
     * @param name one of protocol §15.2, in whatever case; those of backplanes that are not here are taken and say nothing
     * @param switchName another switch than {@value #SIGNALR_SWITCH}
     * @param switchValue where the source's own switch stands, if it has one; then {@code switchName} has no meaning
     * @param listeners its own, and references to shared ones
     */
    public record Source(
            String name, Optional<String> switchName, Optional<SourceLevels> switchValue, List<Listener> listeners) {

        /** @throws IllegalArgumentException when there is no such source, or a listener is there twice */
        public Source {
            SourceName.parse(name);
            Objects.requireNonNull(switchName, "switchName");
            Objects.requireNonNull(switchValue, "switchValue");
            listeners = List.copyOf(listeners);
            TraceRules.requireDistinct("listener", listeners.stream().map(Listener::name));
        }

        /** A source on the common switch. */
        public Source(String name, Listener... listeners) {
            this(name, Optional.empty(), Optional.empty(), List.of(listeners));
        }
    }

    /**
     * A listener.
     *
     * @param type empty: this is a reference to the shared one of this name
     * @param initializeData the file, of a listener that writes one; {@code true} or {@code false} or empty, of the console
     */
    public record Listener(String name, Optional<ListenerType> type, String initializeData) {

        /** @throws IllegalArgumentException when the name is empty, or {@code initializeData} is not what the type needs */
        public Listener {
            Objects.requireNonNull(type, "type");
            if (name.isBlank()) {
                throw new IllegalArgumentException("a listener needs a name");
            }
            if (type.isPresent()) {
                TraceRules.requireData(name, type.get(), initializeData);
            } else if (!initializeData.isEmpty()) {
                throw new IllegalArgumentException("the listener \"" + name
                        + "\" needs a type, or no initializeData if it refers to a shared one");
            }
        }

        /** A listener as it stands in a configuration, its type as {@link ListenerType#parse} reads it. */
        public static Listener of(String name, String type, String initializeData) {
            return new Listener(name, Optional.of(ListenerType.parse(type)), initializeData);
        }

        /** A reference to a shared listener. */
        public static Listener reference(String name) {
            return new Listener(name, Optional.empty(), "");
        }
    }

    /** @throws IllegalArgumentException when names are there twice or refer to nothing, or numbers are out of range */
    public TraceConfig {
        sources = List.copyOf(sources);
        switches = Map.copyOf(switches);
        sharedListeners = List.copyOf(sharedListeners);
        Objects.requireNonNull(directory, "directory");
        TraceRules.requireDistinct("source", sources.stream().map(source -> lowerCase(source.name())));
        TraceRules.requireDistinct("switch", switches.keySet().stream().map(TraceConfig::lowerCase));
        TraceRules.requireDistinct("shared listener", sharedListeners.stream().map(Listener::name));
        TraceRules.requireReaders(switches.keySet(), sources);
        sharedListeners.forEach(TraceRules::requireType);
        for (Source source : sources) {
            TraceRules.requireListeners(source, sharedListeners);
            TraceRules.requireSwitch(source, switches.keySet());
        }
        TraceRules.requireRange("maxFileBytes", maxFileBytes, LEAST_FILE_BYTES, Long.MAX_VALUE);
        TraceRules.requireRange("keptFiles", keptFiles, 0, MOST_KEPT_FILES);
    }

    /** A configuration with the defaults for files. */
    public static TraceConfig of(
            List<Source> sources,
            Map<String, SourceLevels> switches,
            List<Listener> sharedListeners,
            boolean autoflush) {
        return new TraceConfig(
                sources,
                switches,
                sharedListeners,
                autoflush,
                Optional.empty(),
                DEFAULT_FILE_BYTES,
                DEFAULT_KEPT_FILES);
    }

    /** The same with another directory. */
    public TraceConfig inDirectory(Path value) {
        return new TraceConfig(
                sources, switches, sharedListeners, autoflush, Optional.of(value), maxFileBytes, keptFiles);
    }

    /** The same with other bounds of each listener's files. */
    public TraceConfig withFiles(long maxBytes, int kept) {
        return new TraceConfig(sources, switches, sharedListeners, autoflush, directory, maxBytes, kept);
    }

    /** Where the switch of a source stands. */
    SourceLevels levels(Source source) {
        return source.switchValue()
                .or(() -> find(switches, source.switchName().orElse(SIGNALR_SWITCH)))
                .orElse(SourceLevels.OFF);
    }

    /** The listeners of a source, references replaced. */
    List<Listener> listeners(Source source) {
        return source.listeners().stream().map(this::resolved).toList();
    }

    private Listener resolved(Listener listener) {
        return listener.type().isPresent()
                ? listener
                : sharedListeners.stream()
                        .filter(shared -> shared.name().equals(listener.name()))
                        .findFirst()
                        .orElseThrow();
    }

    private static Optional<SourceLevels> find(Map<String, SourceLevels> switches, String name) {
        return switches.entrySet().stream()
                .filter(known -> known.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
