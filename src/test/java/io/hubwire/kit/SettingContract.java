package io.hubwire.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Origin.Source;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting of some groups: its default, where it can be set and what wins, its bounds and what lies beyond. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class SettingContract {
    private static final String NONSENSE = "\u00b1?";

    /** What is tried. */
    protected abstract List<SettingGroup> groups();

    /** Reads them as a deployment does. */
    protected abstract EffectiveSettings read(ConfigSources sources);

    Stream<Setting<?>> settings() {
        return groups().stream().flatMap(group -> group.settings().stream());
    }

    Stream<Setting<?>> settingsWithRange() {
        return settings().filter(setting -> setting.type().range().isPresent());
    }

    /** Any text will do for the others. */
    Stream<Setting<?>> settingsThatAreNoText() {
        return settings().filter(setting -> !setting.type().rule().startsWith("text"));
    }

    /* --- default --- */

    @ParameterizedTest
    @MethodSource("settings")
    protected void nothingSaid_isTheDefault(Setting<?> setting) {
        EffectiveSettings settings = read(Map.of(), Map.of(), Map.of(), Map.of());

        assertThat(settings.isSet(setting)).isFalse();
        assertThat(settings.origin(setting).source()).isEqualTo(Source.DEFAULT);
        assertThat(settings.origin(setting)).hasToString("default");
        assertThat(setting.type().read(settings.text(setting))).isEqualTo(settings.get(setting));
        if (!setting.defaultText().contains("processor")) {
            assertThat(setting.defaultText())
                    .matches(Pattern.quote(settings.text(setting)) + "|.* "
                            + Pattern.quote("(" + settings.text(setting) + ")"));
        }
    }

    /* --- where it is set, and what wins --- */

    @ParameterizedTest
    @MethodSource("settings")
    protected void inTheFile_isTaken(Setting<?> setting) {
        String text = SettingValues.example(setting);

        EffectiveSettings settings = read(with(setting, text), Map.of(), Map.of(), Map.of());

        assertTaken(settings, setting, text, Source.FILE);
        assertThat(settings.origin(setting).toString()).startsWith("web.config, line ");
    }

    @ParameterizedTest
    @MethodSource("settings")
    protected void inTheEnvironment_isTaken(Setting<?> setting) {
        String text = SettingValues.example(setting);
        Map<String, String> environment = keyed(with(setting, text), Setting::variable);

        EffectiveSettings settings = read(Map.of(), Map.of(), environment, Map.of());

        assertTaken(settings, setting, text, Source.ENVIRONMENT);
        assertThat(settings.origin(setting)).hasToString("environment variable " + setting.variable());
    }

    @ParameterizedTest
    @MethodSource("settings")
    protected void asProperty_isTaken(Setting<?> setting) {
        String text = SettingValues.example(setting);
        Map<String, String> properties = keyed(with(setting, text), Setting::property);

        EffectiveSettings settings = read(Map.of(), Map.of(), Map.of(), properties);

        assertTaken(settings, setting, text, Source.SYSTEM_PROPERTY);
        assertThat(settings.origin(setting)).hasToString("system property hubwire." + setting.name());
    }

    @ParameterizedTest
    @MethodSource("settings")
    protected void inSeveralPlaces_theStrongestWins(Setting<?> setting) {
        String weak = read(Map.of(), Map.of(), Map.of(), Map.of()).text(setting);
        String strong = SettingValues.example(setting);
        Map<Setting<?>, String> strongest = with(setting, strong);
        Map<Setting<?>, String> file = companions(setting, strong);
        file.put(setting, weak);

        assertTaken(
                read(file, keyed(strongest, Setting::property), Map.of(), Map.of()),
                setting,
                strong,
                Source.CONTEXT_PARAMETER);
        assertTaken(
                read(file, Map.of(setting.property(), weak), keyed(strongest, Setting::variable), Map.of()),
                setting,
                strong,
                Source.ENVIRONMENT);
        assertTaken(
                read(
                        file,
                        Map.of(setting.property(), weak),
                        Map.of(setting.variable(), weak),
                        keyed(strongest, Setting::property)),
                setting,
                strong,
                Source.SYSTEM_PROPERTY);
    }

    /* --- bounds --- */

    @ParameterizedTest
    @MethodSource("settingsWithRange")
    protected void lowerBound_isTaken(Setting<?> setting) {
        String text = SettingValues.lowest(setting).orElseThrow();
        assertTaken(read(with(setting, text), Map.of(), Map.of(), Map.of()), setting, text, Source.FILE);
    }

    @ParameterizedTest
    @MethodSource("settingsWithRange")
    protected void upperBound_isTaken(Setting<?> setting) {
        String text = SettingValues.highest(setting).orElseThrow();
        assertTaken(read(with(setting, text), Map.of(), Map.of(), Map.of()), setting, text, Source.FILE);
    }

    @ParameterizedTest
    @MethodSource("settingsWithRange")
    protected void oneBelow_isRefused(Setting<?> setting) {
        assertRefused(setting, SettingValues.below(setting).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("settingsWithRange")
    protected void oneAbove_isRefused(Setting<?> setting) {
        assertRefused(setting, SettingValues.above(setting).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("settingsThatAreNoText")
    protected void nonsense_isRefused(Setting<?> setting) {
        assertRefused(setting, NONSENSE);
    }

    /* --- all of them --- */

    @Test
    protected void names_areDistinctInEveryForm() {
        Set<String> names = new HashSet<>();
        Set<String> variables = new HashSet<>();
        Set<String> places = new HashSet<>();

        assertThat(settings()).hasSizeGreaterThan(10).allSatisfy(setting -> {
            assertThat(names.add(setting.name())).isTrue();
            assertThat(variables.add(setting.variable())).isTrue();
            assertThat(places.add(setting.place().toString())).isTrue();
        });
    }

    @Test
    protected void documentation_isASentence() {
        assertThat(settings()).allSatisfy(setting -> assertThat(setting.documentation())
                .matches("[A-Z].*\\.")
                .hasSizeBetween(12, 160));
    }

    private void assertRefused(Setting<?> setting, String text) {
        String value = setting.isSecret() ? "***" : text;
        String said =
                setting.name() + "=\"" + value + "\" must be " + setting.type().rule();

        assertThat(problem(() -> read(Map.of(setting, text), Map.of(), Map.of(), Map.of())))
                .startsWith("web.config, line " + line(setting, text) + ": " + said);
        assertThat(problem(() -> read(Map.of(), Map.of(), Map.of(setting.variable(), text), Map.of())))
                .startsWith("environment variable " + setting.variable() + ": " + said);
        assertThat(problem(() -> read(Map.of(), Map.of(), Map.of(), Map.of(setting.property(), text))))
                .startsWith("system property " + setting.property() + ": " + said);
    }

    private static long line(Setting<?> setting, String text) {
        String file = SettingValues.file(Map.of(setting, text));
        String above = file.substring(0, file.indexOf(" " + setting.place().attribute() + "="));
        return above.chars().filter(c -> c == '\n').count() + 1;
    }

    private static String problem(Runnable reading) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, reading::run);
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        return refused.getMessage();
    }

    private static <T> void assertTaken(EffectiveSettings settings, Setting<T> setting, String text, Source source) {
        assertThat(settings.get(setting)).isEqualTo(setting.type().read(text));
        assertThat(settings.isSet(setting)).isTrue();
        assertThat(settings.origin(setting).source()).isEqualTo(source);
    }

    private EffectiveSettings read(
            Map<Setting<?>, String> file,
            Map<String, String> contextParameters,
            Map<String, String> environment,
            Map<String, String> properties) {
        byte[] xml = SettingValues.file(file).getBytes(StandardCharsets.UTF_8);
        ConfigSources sources = new ConfigSources(
                Optional.of(ConfigFile.parse(new ByteArrayInputStream(xml), "web.config")),
                contextParameters,
                environment,
                properties,
                Map.of());
        return read(sources);
    }

    private static Map<String, String> keyed(Map<Setting<?>, String> values, Function<Setting<?>, String> key) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(entry -> key.apply(entry.getKey()), Map.Entry::getValue));
    }

    private Map<Setting<?>, String> with(Setting<?> setting, String text) {
        Map<Setting<?>, String> all = companions(setting, text);
        all.put(setting, text);
        return all;
    }

    private Map<Setting<?>, String> companions(Setting<?> setting, String text) {
        Map<Setting<?>, String> companions = new HashMap<>();
        SettingValues.companions(setting, text)
                .forEach((property, value) -> companions.put(ofProperty(property), value));
        return companions;
    }

    private Setting<?> ofProperty(String property) {
        return settings()
                .filter(known -> known.property().equals(property))
                .findFirst()
                .orElseThrow();
    }
}
