package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubwire.push.store.DatabaseOptions;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushOptionsTest {

    @Test
    void from_nothingSet_areTheDefaults() {
        PushOptions options = options(Map.of());

        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(options.uploadLimits().maxBytes()).isEqualTo(52_428_800);
        assertThat(options.tokenLifetime()).isEqualTo(Duration.ofHours(8));
        assertThat(options.demoUsers()).isFalse();
        assertThat(options.database().jdbcUrl()).startsWith("jdbc:h2:file:").contains("WRITE_DELAY=0");
        assertThat(options.node()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "localhost, true", "::1, true", "0.0.0.0, false", "192.0.2.1, false"})
    void from_address_decidesOnDemoUsers(String address, boolean enabled) {
        assertThat(options(Map.of("hubwire.address", address)).demoUsers()).isEqualTo(enabled);
    }

    @Test
    void from_demoSet_winsOverTheAddress() {
        assertThat(options(Map.of("hubwire.address", "0.0.0.0", "hubwire.demo", "true"))
                        .demoUsers())
                .isTrue();
        assertThat(options(Map.of("hubwire.address", "127.0.0.1", "hubwire.demo", "false"))
                        .demoUsers())
                .isFalse();
    }

    @Test
    void from_connectionString_isTheDatabase() {
        DatabaseOptions parts = options(Map.of(
                        "hubwire.connectionStrings.Hubwire",
                        "Url=\"jdbc:h2:tcp://db/hubwire;MODE=REGULAR\"; User Id=hub;Password='a;b'"))
                .database();
        assertThat(parts).isEqualTo(new DatabaseOptions("jdbc:h2:tcp://db/hubwire;MODE=REGULAR", "hub", "a;b", 10));

        DatabaseOptions plain = options(Map.of(
                        "hubwire.connectionStrings.Hubwire",
                        "jdbc:h2:mem:x;MODE=REGULAR",
                        "hubwire.jdbc.user",
                        "hub",
                        "hubwire.jdbc.poolSize",
                        "3"))
                .database();
        assertThat(plain).isEqualTo(new DatabaseOptions("jdbc:h2:mem:x;MODE=REGULAR", "hub", "", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Data Source=(local);Integrated Security=SSPI",
                "user=hub;password=secret",
                "url=jdbc:h2:mem:x;password=\"secret",
                "url=jdbc:h2:mem:x;passwort=secret",
                "secret"
            })
    void from_textThatIsNoConnectionString_isRefusedWithoutTellingIt(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options(Map.of("hubwire.connectionStrings.Hubwire", text)))
                .withMessageContaining("connectionStrings.Hubwire=\"***\" must be a JDBC URL, or url=")
                .withMessageNotContaining("secret");
    }

    @Test
    void from_databaseNamedTwice_isRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options(Map.of(
                        "hubwire.connectionStrings.Hubwire", "jdbc:h2:mem:x",
                        "hubwire.jdbc.url", "jdbc:h2:mem:y")))
                .withMessageContaining("The database is named twice; one of them must go.");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options(Map.of("hubwire.jdbc.password", "secret")))
                .withMessageContaining("jdbc.password=***")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "hubwire.upload.maxBytes, 0",
        "hubwire.upload.maxBytes, many",
        "hubwire.upload.maxBytesPerUser, 1",
        "hubwire.token.lifetime, PT1S",
        "hubwire.token.lifetime, 8 hours",
        "hubwire.password.cost, 3",
        "hubwire.demo, yes",
        "hubwire.connection.lease, PT2H"
    })
    void from_valueOutOfRange_isRefusedByName(String name, String value) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> options(Map.of(name, value)))
                .withMessageContaining(name);
    }

    @Test
    void text_ofOptions_hidesThePassword() {
        var options = options(Map.of(
                "hubwire.jdbc.url", "jdbc:postgresql://db/hubwire",
                "hubwire.jdbc.password", "secret"));

        assertThat(options.toString()).contains("postgresql").doesNotContain("secret");
    }

    private static PushOptions options(Map<String, String> set) {
        ConfigSources sources = new ConfigSources(Optional.empty(), Map.of(), Map.of(), set, Map.of());
        return PushOptions.from(EffectiveSettings.of(PushSettings.groups(), sources));
    }
}
