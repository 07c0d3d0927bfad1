package io.hubwire.push.boot;

import io.hubwire.push.domain.UploadLimits;
import io.hubwire.push.store.DatabaseOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the application is set up. Every value has the setting's name in front of it.
 *
 * @param data {@code hubwire.data} (./data): the directory of everything that survives a restart
 * @param demoUsers {@code hubwire.demo}: whether accounts with published passwords exist and work. Unless it is set, only
 *     while the server is bound to the loopback address ({@code hubwire.address}, which the embedded server tells)
 * @param accounts {@code hubwire.accounts} (none): a file of accounts that are made unless they exist, see
 *     {@link AccountsFile}
 * @param uploadLimits {@code hubwire.upload.maxBytes} of one file (52428800), {@code hubwire.upload.maxFilesPerUser}
 *     (10000), {@code hubwire.upload.maxBytesPerUser} (10737418240)
 * @param concurrentUploads {@code hubwire.upload.concurrent} (64): fewer than the container has threads, so that slow
 *     uploads leave some for others
 * @param concurrentUploadsPerUser {@code hubwire.upload.concurrentPerUser} (4)
 * @param uploadsPerUserPerHour {@code hubwire.upload.maxPerUserPerHour} (1000): at once, and each hour on average
 * @param tokenLifetime {@code hubwire.token.lifetime} (PT8H): a working day
 * @param passwordCost {@code hubwire.password.cost} (12): of bcrypt, for passwords set from now on
 * @param connectionLease {@code hubwire.connection.lease} (PT90S): how long a killed node's connections are still tried;
 *     leases are renewed three times within it
 * @param database {@code hubwire.jdbc.url}, {@code .user}, {@code .password}, {@code .poolSize} (10): H2 in the data
 *     directory unless it is set
 * @param node {@code hubwire.node}: the node's name, unique in a farm; unless it is set a random one, kept with the data
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
        Optional<String> node) {
    private static final long MEGABYTE = 1024L * 1024;
    private static final int MAX_NODE_LENGTH = 64;

    PushOptions {
        node.ifPresent(PushOptions::requireNodeName);
    }

    /** A value that is out of range throws {@link IllegalArgumentException} with its name and the range. */
    static PushOptions from(Settings settings) {
        Path data = Path.of(settings.text("hubwire.data").orElse("data"))
                .toAbsolutePath()
                .normalize();
        return new PushOptions(
                data,
                settings.flag("hubwire.demo", isLoopback(settings.text("hubwire.address"))),
                settings.text("hubwire.accounts").map(Path::of),
                uploadLimits(settings),
                (int) settings.number("hubwire.upload.concurrent", 64, 1, 10_000),
                (int) settings.number("hubwire.upload.concurrentPerUser", 4, 1, 10_000),
                (int) settings.number("hubwire.upload.maxPerUserPerHour", 1000, 1, 1_000_000),
                settings.duration(
                        "hubwire.token.lifetime", Duration.ofHours(8), Duration.ofSeconds(10), Duration.ofDays(30)),
                (int) settings.number("hubwire.password.cost", 12, 4, 20),
                settings.duration(
                        "hubwire.connection.lease", Duration.ofSeconds(90), Duration.ofSeconds(3), Duration.ofHours(1)),
                database(settings, data),
                settings.text("hubwire.node"));
    }

    private static UploadLimits uploadLimits(Settings settings) {
        long maxBytes = settings.number("hubwire.upload.maxBytes", 50 * MEGABYTE, 1, Long.MAX_VALUE / 4);
        return new UploadLimits(
                maxBytes,
                settings.number("hubwire.upload.maxFilesPerUser", 10_000, 1, Long.MAX_VALUE),
                settings.number(
                        "hubwire.upload.maxBytesPerUser",
                        Math.max(maxBytes, 10 * 1024 * MEGABYTE),
                        maxBytes,
                        Long.MAX_VALUE));
    }

    private static DatabaseOptions database(Settings settings, Path data) {
        int poolSize = (int) settings.number("hubwire.jdbc.poolSize", 10, 2, 1000);
        return settings.text("hubwire.jdbc.url")
                .map(url -> new DatabaseOptions(
                        url,
                        settings.text("hubwire.jdbc.user").orElse(""),
                        settings.text("hubwire.jdbc.password").orElse(""),
                        poolSize))
                .orElseGet(() -> DatabaseOptions.embedded(data.resolve("db").resolve("hubwire"), poolSize));
    }

    /** A container that doesn't tell may listen to the whole world. */
    private static boolean isLoopback(Optional<String> address) {
        try {
            return address.isPresent() && InetAddress.getByName(address.get()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static void requireNodeName(String node) {
        if (node.length() > MAX_NODE_LENGTH) {
            throw new IllegalArgumentException(
                    "hubwire.node may have at most " + MAX_NODE_LENGTH + " characters, not \"" + node + "\"");
        }
    }
}
