package io.hubwire.signalr.config.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The settings of one element of the file, or some of an application's. A class that owns some makes a group, and each of them, as a constant; the group knows all that were made
 * of it, in that order, and the rules between them:
 *
 * <pre>{@code
 * public static final SettingGroup GROUP = SettingGroup.of("signalr.limits", "signalr/limits", "What one peer can take.");
 * public static final Setting<Integer> MAX_GROUPS =
 *         GROUP.whole("maxGroups", 512, 1, 100_000, "Most groups of one connection.");
 * }</pre>
 *
 * <p>Filled while the class that owns it is initialized, and not changed afterwards.
 */
public final class SettingGroup {

    /** What must hold between settings. */
    record Rule(List<Setting<?>> settings, Predicate<EffectiveSettings> holds, String sentence) {}

    private final String name;
    private final Function<String, Place> places;
    private final String documentation;
    private final List<Setting<?>> settings = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private SettingGroup(String name, Function<String, Place> places, String documentation) {
        this.name = name;
        this.places = places;
        this.documentation = documentation;
    }

    /**
     * The settings of an element.
     *
     * @param name begins their names: {@code signalr.transports}
     * @param element where they stand: {@code signalr/transports}
     * @param documentation what they are about, for the reference
     */
    public static SettingGroup of(String name, String element, String documentation) {
        return new SettingGroup(name, attribute -> Place.of(element, attribute), documentation);
    }

    /**
     * Settings that stand elsewhere than in attributes of one element.
     *
     * @param places where each stands, by the last part of its name
     */
    public static SettingGroup of(String name, Function<String, Place> places, String documentation) {
        return new SettingGroup(name, places, documentation);
    }

    /**
     * Some settings of an application, which stand in {@code appSettings} with their properties as keys.
     *
     * @param name begins their names, such as {@code upload}; may be empty
     */
    public static SettingGroup ofApplication(String name, String documentation) {
        String prefix = name.isEmpty() ? "hubwire." : "hubwire." + name + ".";
        return new SettingGroup(name, last -> Place.appSetting(prefix + last), documentation);
    }

    /** Connection strings, by their names. */
    public static SettingGroup ofConnectionStrings(String documentation) {
        return new SettingGroup("connectionStrings", Place::connectionString, documentation);
    }

    /** True or false. */
    public Setting<Boolean> flag(String last, boolean defaultValue, String sentence) {
        return setting(last, SettingType.flag(), defaultValue, sentence);
    }

    /** A whole number. */
    public Setting<Integer> whole(String last, int defaultValue, int lowest, int highest, String sentence) {
        return setting(last, SettingType.whole(lowest, highest), defaultValue, sentence);
    }

    /** A number of bytes. */
    public Setting<Long> bytes(String last, long defaultValue, long lowest, long highest, String sentence) {
        return setting(last, SettingType.bytes(lowest, highest), defaultValue, sentence);
    }

    /** A length of time. */
    public Setting<Duration> duration(
            String last, Duration defaultValue, Duration lowest, Duration highest, String sentence) {
        return setting(last, SettingType.duration(lowest, highest), defaultValue, sentence);
    }

    /**
     * A setting of any type.
     *
     * @param last of its name, and its attribute
     * @param sentence what it does
     */
    public <T> Setting<T> setting(String last, SettingType<T> type, T defaultValue, String sentence) {
        return add(last, type, others -> defaultValue, type.print(defaultValue), sentence, false);
    }

    /**
     * A setting whose default follows from others, or from the machine.
     *
     * @param text says how, for the reference
     */
    public <T> Setting<T> derived(
            String last,
            SettingType<T> type,
            Function<EffectiveSettings, T> defaultValue,
            String text,
            String sentence) {
        return add(last, type, defaultValue, text, sentence, false);
    }

    /** A setting that has no value unless it is set. */
    public <T> Setting<Optional<T>> optional(String last, SettingType<T> type, String sentence) {
        return add(last, type.orNone(), others -> Optional.empty(), "none", sentence, false);
    }

    /** The same with values that are never printed. */
    public <T> Setting<Optional<T>> secret(String last, SettingType<T> type, String sentence) {
        return add(last, type.orNone(), others -> Optional.empty(), "none", sentence, true);
    }

    private <T> Setting<T> add(
            String last,
            SettingType<T> type,
            Function<EffectiveSettings, T> defaultValue,
            String defaultText,
            String sentence,
            boolean secret) {
        String full = name.isEmpty() ? last : name + "." + last;
        Setting<T> made = new Setting<>(full, places.apply(last), type, defaultValue, defaultText, sentence, secret);
        settings.add(made);
        return made;
    }

    /**
     * Adds a rule between settings, which is checked when each of them by itself is right, in whatever order they were set.
     *
     * @param among what it is between, for messages
     * @param sentence the rule, with its full stop
     */
    public void require(List<Setting<?>> among, Predicate<EffectiveSettings> holds, String sentence) {
        rules.add(new Rule(List.copyOf(among), holds, sentence));
    }

    /** What the names of its settings begin with; may be empty. */
    public String name() {
        return name;
    }

    public String documentation() {
        return documentation;
    }

    /** In the order in which they were made. */
    public List<Setting<?>> settings() {
        return List.copyOf(settings);
    }

    List<Rule> rules() {
        return List.copyOf(rules);
    }
}
