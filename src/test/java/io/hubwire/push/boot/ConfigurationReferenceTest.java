package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.config.Catalogue;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference of all settings is made from them. */
class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("src", "docs", "configuration.md");
    private static final String COMMAND = "mvn -q test -Dtest=ConfigurationReferenceTest -Dhubwire.reference=write";
    private static final String BEGIN = "<!-- The tables are made from the code: " + COMMAND + " -->\n";

    @Test
    void reference_isWhatTheSettingsSay() throws IOException {
        String written = Files.readString(REFERENCE);
        int begin = written.indexOf(BEGIN);
        assertThat(begin).isPositive();
        String wanted = written.substring(0, begin) + BEGIN + tables();
        if ("write".equals(System.getProperty("hubwire.reference"))) {
            Files.writeString(REFERENCE, wanted);
            return;
        }
        assertThat(written)
                .as("%s is not what the settings say; write it anew with: %s", REFERENCE, COMMAND)
                .isEqualTo(wanted);
    }

    private static String tables() {
        return "\n## The library\n" + tables(Catalogue.groups()) + "\n## The push application\n"
                + tables(PushSettings.groups());
    }

    private static String tables(List<SettingGroup> groups) {
        return groups.stream().map(ConfigurationReferenceTest::table).collect(Collectors.joining());
    }

    private static String table(SettingGroup group) {
        return "\n" + group.documentation()
                + "\n\n| Setting | In the file | Default | Must be | |\n| --- | --- | --- | --- | --- |\n"
                + group.settings().stream().map(ConfigurationReferenceTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        return String.format(
                "| `%s` | `%s` | %s | %s | %s |\n",
                setting.name(),
                setting.place(),
                setting.defaultText(),
                setting.type().rule().replace(", such as 00:00:30, PT30S, 500ms, 30s, 2m or 1h,", ""),
                setting.documentation());
    }
}
