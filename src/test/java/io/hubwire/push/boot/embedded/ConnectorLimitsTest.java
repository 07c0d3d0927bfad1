package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ContainerSettings;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of {@code container} arrive at Tomcat's connector. */
class ConnectorLimitsTest {
    private static final WebApplication NOTHING = WebApplication.unpacked(Path.of("webapp"));

    @ParameterizedTest
    @CsvSource({
        "maxConnections, 17, maxConnections, 17",
        "acceptCount, 18, acceptCount, 18",
        "maxThreads, 19, maxThreads, 19",
        "maxHttpHeaderSize, 16kB, maxHttpRequestHeaderSize, 16384",
        "connectionTimeout, 3s, connectionTimeout, 3000",
        "keepAliveTimeout, 4s, keepAliveTimeout, 4000"
    })
    void configure_aLimit_isTheConnectors(String setting, String text, String property, String value) {
        assertThat(configured(Map.of("hubwire.container." + setting, text)).getProperty(property))
                .hasToString(value);
        assertThat(configured(Map.of()).getProperty(property)).asString().isNotEqualTo(value);
    }

    private static Connector configured(Map<String, String> properties) {
        ConfigSources sources = new ConfigSources(Optional.empty(), Map.of(), Map.of(), properties, Map.of());
        Connector connector = new Connector();
        EmbeddedTomcat.configure(
                connector,
                new ServerOptions("127.0.0.1", 0, Path.of("data"), NOTHING),
                EffectiveSettings.of(List.of(ContainerSettings.GROUP), sources));
        return connector;
    }
}
