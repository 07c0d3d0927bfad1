package io.hubwire.signalr.config.setting;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * Something an operator can set. Everything else is derived from it: the system property, the environment variable, the entry in the reference, what is printed
 * and what is refused. Made by a {@link SettingGroup}. Immutable; two are never equal.
 *
 * @param <T> the type of its values
 */
public final class Setting<T> {
    private static final String PREFIX = "hubwire.";

    private final String name;
    private final Place place;
    private final SettingType<T> type;
    private final Function<EffectiveSettings, T> defaultValue;
    private final String defaultText;
    private final String documentation;
    private final boolean secret;

    Setting(
            String name,
            Place place,
            SettingType<T> type,
            Function<EffectiveSettings, T> defaultValue,
            String defaultText,
            String documentation,
            boolean secret) {
        this.name = Objects.requireNonNull(name, "name");
        this.place = Objects.requireNonNull(place, "place");
        this.type = Objects.requireNonNull(type, "type");
        this.defaultValue = Objects.requireNonNull(defaultValue, "defaultValue");
        this.defaultText = Objects.requireNonNull(defaultText, "defaultText");
        this.documentation = Objects.requireNonNull(documentation, "documentation");
        this.secret = secret;
    }

    /** Such as {@code signalr.transports.keepAlive}. */
    public String name() {
        return name;
    }

    /** The system property, and the key in {@code appSettings} of what an application sets: {@code hubwire.} and the name. */
    public String property() {
        return PREFIX + name;
    }

    /** The environment variable: the property in capitals, with underscores in place of dots. */
    public String variable() {
        return property().replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Where it stands in the file. */
    public Place place() {
        return place;
    }

    public SettingType<T> type() {
        return type;
    }

    /** The default as the reference has it: a value, or how it follows from others. */
    public String defaultText() {
        return defaultText;
    }

    /** What it does, in a sentence. */
    public String documentation() {
        return documentation;
    }

    /** Whether the value is never printed. */
    public boolean isSecret() {
        return secret;
    }

    T defaultValue(EffectiveSettings others) {
        return defaultValue.apply(others);
    }

    @Override
    public String toString() {
        return name;
    }
}
