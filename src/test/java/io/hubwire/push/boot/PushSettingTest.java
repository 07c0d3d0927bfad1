package io.hubwire.push.boot;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.SettingContract;
import io.hubwire.kit.SettingValues;
import io.hubwire.push.domain.UploadLimits;
import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting of the application, and that it arrives. */
class PushSettingTest extends SettingContract {

    private static final Map<Setting<?>, Function<PushOptions, Object>> ARRIVALS = Map.ofEntries(
            entry(PushSettings.DATA, options -> options.data().getFileName().toString()),
            entry(PushSettings.DEMO, PushOptions::demoUsers),
            entry(PushSettings.ACCOUNTS, options -> options.accounts().map(Path::toString)),
            entry(PushSettings.NODE, PushOptions::node),
            entry(PushSettings.METRICS_TOKEN, PushOptions::metricsToken),
            entry(PushSettings.SHUTDOWN_WINDOW, options -> options.shutdown().window()),
            entry(PushSettings.SHUTDOWN_GRACE, options -> options.shutdown()
                    .bound()
                    .minus(options.shutdown().window())),
            entry(PushSettings.MAX_BYTES, options -> limits(options).maxBytes()),
            entry(PushSettings.MAX_FILES_PER_USER, options -> limits(options).maxFilesPerOwner()),
            entry(PushSettings.MAX_BYTES_PER_USER, options -> limits(options).maxBytesPerOwner()),
            entry(PushSettings.CONCURRENT, PushOptions::concurrentUploads),
            entry(PushSettings.CONCURRENT_PER_USER, PushOptions::concurrentUploadsPerUser),
            entry(PushSettings.MAX_PER_USER_PER_HOUR, PushOptions::uploadsPerUserPerHour),
            entry(PushSettings.TOKEN_LIFETIME, PushOptions::tokenLifetime),
            entry(PushSettings.PASSWORD_COST, PushOptions::passwordCost),
            entry(PushSettings.CONNECTION_LEASE, PushOptions::connectionLease),
            entry(
                    PushSettings.HUBWIRE,
                    options -> Optional.of(
                            ConnectionString.parse(options.database().jdbcUrl()))),
            entry(
                    PushSettings.JDBC_URL,
                    options -> Optional.of(options.database().jdbcUrl())),
            entry(
                    PushSettings.JDBC_USER,
                    options -> Optional.of(options.database().user())),
            entry(
                    PushSettings.JDBC_PASSWORD,
                    options -> Optional.of(options.database().password())),
            entry(PushSettings.JDBC_POOL_SIZE, options -> options.database().poolSize()));

    private static UploadLimits limits(PushOptions options) {
        return options.uploadLimits();
    }

    @Override
    protected List<SettingGroup> groups() {
        return PushSettings.groups();
    }

    @Override
    protected EffectiveSettings read(ConfigSources sources) {
        return WebConfig.read(sources, PushSettingTest.class.getClassLoader()).settings(groups());
    }

    /** The address decides on {@code demo}; what is derived from that is in {@link PushOptionsTest}. */
    @Test
    void everySetting_arrivesSomewhere() {
        assertThat(arriving().map(Setting::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        ARRIVALS.keySet().stream().map(Setting::name).toList());
    }

    Stream<Setting<?>> arriving() {
        return groups().stream()
                .flatMap(group -> group.settings().stream())
                .filter(setting -> setting != PushSettings.ADDRESS);
    }

    @ParameterizedTest
    @MethodSource("arriving")
    void whatIsSet_arrives(Setting<?> setting) {
        String text = SettingValues.example(setting);
        Map<String, String> properties = new HashMap<>(Map.of(setting.property(), text));
        SettingValues.companions(setting, text).forEach(properties::put);

        PushOptions options =
                PushOptions.from(read(new ConfigSources(Optional.empty(), Map.of(), Map.of(), properties, Map.of())));

        assertThat(ARRIVALS.get(setting).apply(options))
                .isEqualTo(setting.type().read(text));
    }
}
