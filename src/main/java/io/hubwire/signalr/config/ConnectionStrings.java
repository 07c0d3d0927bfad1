package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.ConfigElement;
import io.hubwire.signalr.config.setting.Place;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code connectionStrings}: those of the application, each once, and others that nobody uses. One whose name only begins like one of the application's is refused: somebody would
 * believe that it is used.
 */
final class ConnectionStrings {
    private static final String SECTION = "connectionStrings";

    private final Set<String> names;

    ConnectionStrings(Collection<SettingGroup> groups) {
        names = groups.stream()
                .flatMap(group -> group.settings().stream())
                .map(Setting::place)
                .filter(place -> place.element().equals(SECTION))
                .flatMap(place -> place.key().stream())
                .map(Place.Key::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void check(ConfigElement root, Problems problems) {
        Map<String, ConfigElement> seen = new HashMap<>();
        root.children(SECTION).forEach(section -> {
            problems.in(() -> section.requireAttributesAmong());
            problems.in(() -> section.requireChildrenAmong("add", "clear"));
            section.children("add").forEach(add -> problems.in(() -> check(add, seen)));
        });
    }

    private void check(ConfigElement add, Map<String, ConfigElement> seen) {
        add.requireAttributesAmong("name", "connectionString", "providerName");
        add.requireChildrenAmong();
        String name = add.requiredText("name");
        add.requiredText("connectionString");
        if (!names.contains(name) && names.stream().anyMatch(known -> beginsLike(name, known))) {
            throw add.wrong(
                    "name", name, "is no connection string of this application; it has " + String.join(", ", names));
        }
        ConfigElement earlier = seen.putIfAbsent(name, add);
        if (earlier != null) {
            throw add.wrong("name", name, "stands there already, in line " + earlier.line());
        }
    }

    private static boolean beginsLike(String name, String known) {
        return name.toLowerCase(Locale.ROOT).startsWith(known.toLowerCase(Locale.ROOT));
    }

    /** The names of the others. */
    List<String> unused(ConfigElement root) {
        Stream<ConfigElement> sections = root.children(SECTION);
        return sections.flatMap(section -> section.children("add"))
                .flatMap(add -> add.text("name").stream())
                .filter(name -> !names.contains(name))
                .toList();
    }
}
