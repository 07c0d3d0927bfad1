package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.ConfigElement;
import io.hubwire.signalr.config.setting.Place;
import io.hubwire.signalr.config.setting.Problems;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code appSettings}: nothing may stand there but what the application knows, and each once. */
final class AppSettings {
    private final Set<String> keys;

    AppSettings(Collection<SettingGroup> groups) {
        keys = groups.stream()
                .flatMap(group -> group.settings().stream())
                .map(setting -> setting.place())
                .filter(place -> place.element().equals("appSettings"))
                .flatMap(place -> place.key().stream())
                .map(Place.Key::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void check(ConfigElement root, Problems problems) {
        Map<String, ConfigElement> seen = new HashMap<>();
        root.children("appSettings").forEach(section -> {
            problems.in(() -> section.requireAttributesAmong());
            problems.in(() -> section.requireChildrenAmong("add"));
            section.children("add").forEach(add -> problems.in(() -> check(add, seen)));
        });
    }

    private void check(ConfigElement add, Map<String, ConfigElement> seen) {
        add.requireAttributesAmong("key", "value");
        add.requireChildrenAmong();
        String key = add.requiredText("key");
        add.requiredText("value");
        if (!keys.contains(key)) {
            throw add.wrong("key", key, "is no setting of this application; it has " + String.join(", ", keys));
        }
        ConfigElement earlier = seen.putIfAbsent(key, add);
        if (earlier != null) {
            throw add.wrong("key", key, "stands there already, in line " + earlier.line());
        }
    }
}
