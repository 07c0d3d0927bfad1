package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.config.Catalogue;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigFile;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code conf/web.config}, which is packaged and edited: everything is there, and changes nothing. */
class PackagedFileTest {
    private static final Path FILE = Path.of("conf", "web.config");

    static Stream<Setting<?>> library() {
        return Catalogue.settings();
    }

    static Stream<Setting<?>> application() {
        return PushSettings.groups().stream().flatMap(group -> group.settings().stream());
    }

    private static WebConfig read(boolean withFile) {
        ConfigSources none = new ConfigSources(Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of());
        return WebConfig.read(
                withFile ? none.withFile(ConfigFile.parse(FILE)) : none, PackagedFileTest.class.getClassLoader());
    }

    @ParameterizedTest
    @MethodSource("library")
    void everySettingOfTheLibrary_isShownWithItsDefault(Setting<?> setting) throws IOException {
        assertShown(setting, read(true).settings(), read(false).settings());
    }

    @ParameterizedTest
    @MethodSource("application")
    void everySettingOfTheApplication_isShownWithItsDefault(Setting<?> setting) throws IOException {
        assertShown(
                setting, read(true).settings(PushSettings.groups()), read(false).settings(PushSettings.groups()));
    }

    private static <T> void assertShown(Setting<T> setting, EffectiveSettings packaged, EffectiveSettings defaults)
            throws IOException {
        assertThat(packaged.get(setting)).isEqualTo(defaults.get(setting));
        if (!packaged.isSet(setting)) {
            String inAComment = setting.place()
                    .key()
                    .map(key -> "<add " + key.attribute() + "=\"" + key.value() + "\"")
                    .orElse(" " + setting.place().attribute() + "  ");
            assertThat(Files.readString(FILE)).as(setting + " in " + FILE).contains(inAComment);
        }
    }
}
