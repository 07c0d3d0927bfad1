package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void from_severalSources_deploymentThenPropertyThenEnvironment() {
        Settings settings = Settings.of(
                Map.of("hubwire.node", "deployment")::get,
                Map.of("hubwire.node", "property", "hubwire.jdbc.url", "jdbc:h2:mem:x")::get,
                Map.of(
                        "HUBWIRE_NODE", "environment",
                        "HUBWIRE_JDBC_URL", "jdbc:h2:mem:y",
                        "HUBWIRE_UPLOAD_MAXBYTES", "1000")::get);

        PushOptions options = PushOptions.from(settings);

        assertThat(options.node()).contains("deployment");
        assertThat(options.database().jdbcUrl()).isEqualTo("jdbc:h2:mem:x");
        assertThat(options.uploadLimits().maxBytes()).isEqualTo(1000);
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
        assertThatIllegalArgumentException()
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
        return PushOptions.from(Settings.of(name -> null, set::get, name -> null));
    }
}
