package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.ConfigElement;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.tracing.SourceLevels;
import io.hubwire.signalr.tracing.TraceConfig;
import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code system.diagnostics}: sources, switches and shared listeners, in the shape of .NET. {@code clear} and {@code remove} among the listeners of a source are understood to mean
 * what .NET gives it by itself, which is nothing here.
 */
final class TraceSection {
    private final ConfigElement diagnostics;
    private final Problems problems;

    private TraceSection(ConfigElement diagnostics, Problems problems) {
        this.diagnostics = diagnostics;
        this.problems = problems;
    }

    /** What a file says of them, without what is a setting; what is wrong is told to {@code problems}. */
    static TraceConfig read(ConfigElement root, Problems problems) {
        return root.children("system.diagnostics")
                .findFirst()
                .map(found -> new TraceSection(found, problems).read())
                .orElse(TraceConfig.NONE);
    }

    private TraceConfig read() {
        List<Listener> shared = all("sharedListeners", "add", this::sharedListener);
        List<Source> sources = all("sources", "source", this::source);
        Map<String, ConfigElement> seen = new HashMap<>();
        Map<String, SourceLevels> switches = new LinkedHashMap<>();
        all("switches", "add", element -> position(element, seen)).stream()
                .flatMap(Optional::stream)
                .forEach(position -> switches.put(position.name(), position.levels()));
        if (!problems.isEmpty()) {
            return TraceConfig.NONE; // what refers to what is wrong would be told as well
        }
        try {
            return TraceConfig.of(sources, switches, shared, false);
        } catch (IllegalArgumentException e) {
            problems.add(diagnostics.wrong(e.getMessage()).getMessage());
            return TraceConfig.NONE;
        }
    }

    /** What stands in a collection, in order; what is wrong is left out. */
    private <T> List<T> all(String collection, String item, Function<ConfigElement, T> reader) {
        List<T> found = new ArrayList<>();
        diagnostics.children(collection).forEach(section -> {
            problems.in(() -> {
                section.requireAttributesAmong();
                section.requireChildrenAmong(item);
            });
            section.children(item).forEach(element -> problems.in(() -> found.add(reader.apply(element))));
        });
        return found;
    }

    private record Position(String name, SourceLevels levels) {}

    /** Empty for the common one, which is a setting. */
    private Optional<Position> position(ConfigElement element, Map<String, ConfigElement> seen) {
        element.requireAttributesAmong("name", "value");
        element.requireChildrenAmong();
        String name = element.requiredText("name");
        String value = element.requiredText("value");
        ConfigElement earlier = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), element);
        if (earlier != null) {
            throw element.wrong("name", name, "stands there already, in line " + earlier.line());
        }
        return name.equals(TraceConfig.SIGNALR_SWITCH)
                ? Optional.empty()
                : Optional.of(new Position(name, checked(element, () -> SourceLevels.parse(value))));
    }

    private Listener sharedListener(ConfigElement element) {
        element.requiredText("type");
        return listener(element);
    }

    private Listener listener(ConfigElement element) {
        element.requireAttributesAmong("name", "type", "initializeData");
        element.requireChildrenAmong();
        String name = element.requiredText("name");
        String data = element.text("initializeData").orElse("");
        return checked(element, () -> element.text("type")
                .map(type -> Listener.of(name, type, data))
                .orElseGet(() -> new Listener(name, Optional.empty(), data)));
    }

    private Source source(ConfigElement element) {
        element.requireAttributesAmong("name", "switchName", "switchValue", "switchType");
        element.requireChildrenAmong("listeners");
        element.children("listeners").forEach(section -> {
            section.requireAttributesAmong();
            section.requireChildrenAmong("add", "remove", "clear");
        });
        List<Listener> listeners = element.children("listeners")
                .flatMap(section -> section.children("add"))
                .map(this::listener)
                .toList();
        String name = element.requiredText("name");
        return checked(
                element,
                () -> new Source(
                        name,
                        element.text("switchName"),
                        element.text("switchValue").map(SourceLevels::parse),
                        listeners));
    }

    private static <T> T checked(ConfigElement element, Supplier<T> code) {
        try {
            return code.get();
        } catch (IllegalArgumentException e) {
            throw element.wrong(e.getMessage());
        }
    }
}
