package io.hubwire.signalr.config.setting;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names that groups of settings use, and those below theirs that no setting has: slips of the pen. */
final class Names {
    private final Set<String> properties = new HashSet<>();
    private final Set<String> variables = new HashSet<>();
    private final Set<String> prefixes; // of properties; a group without a name owns none

    Names(Collection<SettingGroup> groups) {
        groups.stream().flatMap(group -> group.settings().stream()).forEach(setting -> {
            properties.add(setting.property());
            variables.add(setting.variable());
        });
        prefixes = groups.stream()
                .map(SettingGroup::name)
                .filter(name -> !name.isEmpty())
                .map(name -> "hubwire." + name + ".")
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean isStray(String property) {
        return isBelow(property, Function.identity()) && !properties.contains(property);
    }

    boolean isStrayVariable(String variable) {
        return isBelow(variable, prefix -> prefix.replace('.', '_').toUpperCase(Locale.ROOT))
                && !variables.contains(variable);
    }

    private boolean isBelow(String name, Function<String, String> spelling) {
        return prefixes.stream().map(spelling).anyMatch(name::startsWith);
    }
}
