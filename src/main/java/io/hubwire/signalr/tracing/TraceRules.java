package io.hubwire.signalr.tracing;

import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold of a {@link TraceConfig}. Each rule throws {@link IllegalArgumentException} with the value that breaks it. */
final class TraceRules {
    private TraceRules() {}

    static void requireDistinct(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("the " + what + " \"" + name + "\" is there twice");
        });
    }

    /** A switch that nobody reads is a misspelt one. */
    static void requireReaders(Collection<String> switches, List<Source> sources) {
        for (String name : switches) {
            boolean read = name.equalsIgnoreCase(TraceConfig.SIGNALR_SWITCH)
                    || sources.stream()
                            .flatMap(source -> source.switchName().stream())
                            .anyMatch(name::equalsIgnoreCase);
            if (!read) {
                throw new IllegalArgumentException("no source has the switch \"" + name + "\"; that of all is "
                        + TraceConfig.SIGNALR_SWITCH + ", and a source names another one as its switchName");
            }
        }
    }

    static void requireType(Listener shared) {
        if (shared.type().isEmpty()) {
            throw new IllegalArgumentException("the shared listener \"" + shared.name() + "\" needs a type");
        }
    }

    static void requireListeners(Source source, List<Listener> sharedListeners) {
        for (Listener listener : source.listeners()) {
            boolean there = listener.type().isPresent()
                    || sharedListeners.stream().anyMatch(shared -> shared.name().equals(listener.name()));
            if (!there) {
                throw new IllegalArgumentException("the source " + source.name() + " refers to the listener \""
                        + listener.name() + "\", but no shared listener has this name");
            }
        }
    }

    /** The common switch is there without being named. */
    static void requireSwitch(Source source, Collection<String> switches) {
        String name = source.switchName().orElse(TraceConfig.SIGNALR_SWITCH);
        if (!name.equalsIgnoreCase(TraceConfig.SIGNALR_SWITCH)
                && switches.stream().noneMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "the source " + source.name() + " refers to the switch \"" + name + "\", which is not there");
        }
    }

    static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", not " + value);
        }
    }

    static void requireData(String listener, ListenerType type, String data) {
        if (type.writesFile()) {
            requireFile(listener, data);
        } else if (type == ListenerType.CONSOLE && !isFlag(data)) {
            throw new IllegalArgumentException("initializeData of the listener \"" + listener
                    + "\" says whether it writes to the error stream: true or false, not \"" + data + "\"");
        }
    }

    private static boolean isFlag(String data) {
        return data.isEmpty() || data.equalsIgnoreCase("true") || data.equalsIgnoreCase("false");
    }

    private static void requireFile(String listener, String data) {
        String rule =
                "initializeData of the listener \"" + listener + "\" must be the name of a file, not \"" + data + "\"";
        Path path;
        try {
            path = Path.of(data);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(rule, e);
        }
        if (data.isBlank() || data.endsWith("/") || path.normalize().toString().isEmpty()) {
            throw new IllegalArgumentException(rule);
        }
        if (!path.isAbsolute() && path.normalize().startsWith("..")) {
            throw new IllegalArgumentException(
                    rule + "; a relative one lies in the directory of logs, one elsewhere is absolute");
        }
    }
}
