package io.hubwire.signalr.config.setting;

import io.hubwire.signalr.config.setting.ConfigSources.Given;
import io.hubwire.signalr.config.setting.SettingGroup.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values that count, and where each comes from. Immutable, for any thread. */
public final class EffectiveSettings {
    private static final String MASK = "***";

    /** What was set, read. */
    private record Value<T>(T value, Origin origin) {}

    private final List<SettingGroup> groups;
    private final IdentityHashMap<Setting<?>, Value<?>> values = new IdentityHashMap<>(); // filled by the factory

    private EffectiveSettings(Collection<SettingGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /**
     * Finds the values of some groups of settings.
     *
     * @throws ConfigurationException with everything that is wrong: values, and when there are no wrong ones, combinations of them
     */
    public static EffectiveSettings of(Collection<SettingGroup> groups, ConfigSources sources) {
        Problems problems = new Problems();
        EffectiveSettings settings = of(groups, sources, problems);
        problems.throwIfAny();
        return settings;
    }

    /** The same; what is wrong is told to {@code problems}, and the settings are only good when there is nothing. */
    public static EffectiveSettings of(Collection<SettingGroup> groups, ConfigSources sources, Problems problems) {
        EffectiveSettings settings = new EffectiveSettings(groups);
        Problems ofValues = new Problems();
        settings.all().forEach(setting -> settings.read(setting, sources, ofValues));
        Names names = new Names(groups);
        sources.properties().keySet().stream()
                .filter(names::isStray)
                .forEach(name -> ofValues.add("There is no setting for the system property " + name + "."));
        sources.contextParameters().keySet().stream()
                .filter(names::isStray)
                .forEach(name -> ofValues.add("There is no setting for the context parameter " + name + "."));
        problems.addAll(ofValues);
        if (ofValues.isEmpty()) {
            settings.checkRules(problems);
        }
        return settings;
    }

    private <T> void read(Setting<T> setting, ConfigSources sources, Problems problems) {
        sources.find(setting).ifPresent(given -> {
            try {
                values.put(setting, new Value<>(setting.type().read(given.text()), given.origin()));
            } catch (IllegalArgumentException e) {
                problems.add(told(setting, given) + " " + e.getMessage() + ".");
            }
        });
    }

    private static String told(Setting<?> setting, Given given) {
        String text = setting.isSecret() ? MASK : given.text();
        return given.origin() + ": " + setting.name() + "=\"" + text + "\"";
    }

    private void checkRules(Problems problems) {
        groups.stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> !rule.holds().test(this))
                .forEach(rule -> problems.add(told(rule)));
    }

    private String told(Rule rule) {
        String among = rule.settings().stream()
                .map(setting -> setting.name() + "=" + text(setting) + " (" + origin(setting) + ")")
                .collect(Collectors.joining(" and "));
        return among + ": " + rule.sentence();
    }

    /**
     * Variables that look like settings and are none. They are no error: environments are shared, and others put names there (Kubernetes does, for each service).
     */
    public List<String> strayVariables(ConfigSources sources) {
        Names names = new Names(groups);
        return sources.environment().keySet().stream()
                .filter(names::isStrayVariable)
                .sorted()
                .toList();
    }

    /** The value that counts. */
    public <T> T get(Setting<T> setting) {
        Value<T> set = set(setting);
        return set == null ? setting.defaultValue(this) : set.value();
    }

    /** What was set, or else what an application has instead of the default. */
    public <T> T or(Setting<T> setting, T otherwise) {
        Value<T> set = set(setting);
        return set == null ? otherwise : set.value();
    }

    /** What was set; empty for the default. */
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(set(setting)).map(Value::value);
    }

    /** Whether anything but the default says it. */
    public boolean isSet(Setting<?> setting) {
        return set(setting) != null;
    }

    public Origin origin(Setting<?> setting) {
        Value<?> set = set(setting);
        return set == null ? Origin.BY_DEFAULT : set.origin();
    }

    /** The value that counts as it would be written; masked when it is a secret. */
    public <T> String text(Setting<T> setting) {
        return setting.isSecret() && isSet(setting) ? MASK : setting.type().print(get(setting));
    }

    /** All settings, by their groups. */
    public List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.settings()));
        return all;
    }

    /** A line for each setting: its name, its value and where that is from. */
    public List<String> lines() {
        return all().stream()
                .map(setting -> setting.name() + " = " + text(setting) + "   [" + origin(setting) + "]")
                .toList();
    }

    // Each entry was put in with the type of its key.
    @SuppressWarnings("unchecked")
    private <T> Value<T> set(Setting<T> setting) {
        if (!values.containsKey(setting)
                && groups.stream().noneMatch(group -> group.settings().contains(setting))) {
            throw new NoSuchElementException("These settings know nothing of " + setting + ".");
        }
        return (Value<T>) values.get(setting);
    }
}
