package io.hubwire.push.boot;

import io.hubwire.push.domain.UploadLimits;
import io.hubwire.push.store.DatabaseOptions;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.operations.DrainOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the application is set up; what each is by default and may be is in {@link PushSettings}.
 *
 * @param data the directory of everything that survives a restart
 * @param demoUsers whether accounts with published passwords exist and work
 * @param accounts a file of accounts that are made unless they exist, see {@link AccountsFile}
 * @param concurrentUploads fewer than the container has threads, so that slow uploads leave some for others
 * @param uploadsPerUserPerHour at once, and each hour on average
 * @param passwordCost of bcrypt, for passwords set from now on
 * @param connectionLease how long a killed node's connections are still tried; leases are renewed three times within it
 * @param node the node's name, unique in a farm; empty: a random one, kept with the data
 * @param metricsToken lets a scraper read {@code /metrics}, besides operators
 * @param shutdown how the embedded server lets its clients go when its process is told to end
 */
record PushOptions(
        Path data,
        boolean demoUsers,
        Optional<Path> accounts,
        UploadLimits uploadLimits,
        int concurrentUploads,
        int concurrentUploadsPerUser,
        int uploadsPerUserPerHour,
        Duration tokenLifetime,
        int passwordCost,
        Duration connectionLease,
        DatabaseOptions database,
        Optional<String> node,
        Optional<String> metricsToken,
        DrainOptions shutdown) {

    static PushOptions from(EffectiveSettings settings) {
        Path data = Path.of(settings.get(PushSettings.DATA)).toAbsolutePath().normalize();
        return new PushOptions(
                data,
                settings.get(PushSettings.DEMO),
                settings.get(PushSettings.ACCOUNTS).map(Path::of),
                new UploadLimits(
                        settings.get(PushSettings.MAX_BYTES),
                        settings.get(PushSettings.MAX_FILES_PER_USER),
                        settings.get(PushSettings.MAX_BYTES_PER_USER)),
                settings.get(PushSettings.CONCURRENT),
                settings.get(PushSettings.CONCURRENT_PER_USER),
                settings.get(PushSettings.MAX_PER_USER_PER_HOUR),
                settings.get(PushSettings.TOKEN_LIFETIME),
                settings.get(PushSettings.PASSWORD_COST),
                settings.get(PushSettings.CONNECTION_LEASE),
                database(settings, data),
                settings.get(PushSettings.NODE),
                settings.get(PushSettings.METRICS_TOKEN),
                new DrainOptions(
                        settings.get(PushSettings.SHUTDOWN_WINDOW),
                        settings.get(PushSettings.SHUTDOWN_WINDOW).plus(settings.get(PushSettings.SHUTDOWN_GRACE))));
    }

    private static DatabaseOptions database(EffectiveSettings settings, Path data) {
        int poolSize = settings.get(PushSettings.JDBC_POOL_SIZE);
        return settings.get(PushSettings.HUBWIRE)
                .or(() -> settings.get(PushSettings.JDBC_URL).map(ConnectionString::parse))
                .map(named -> new DatabaseOptions(
                        named.url(),
                        named.user()
                                .or(() -> settings.get(PushSettings.JDBC_USER))
                                .orElse(""),
                        named.password()
                                .or(() -> settings.get(PushSettings.JDBC_PASSWORD))
                                .orElse(""),
                        poolSize))
                .orElseGet(() -> DatabaseOptions.embedded(data.resolve("db").resolve("hubwire"), poolSize));
    }
}
