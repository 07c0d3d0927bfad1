package io.hubwire.push.boot;

import io.hubwire.push.security.MetricsToken;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.operations.DrainOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of the application, which stand in {@code appSettings}; see {@link io.hubwire.signalr.config.Catalogue} for what follows from them. */
public final class PushSettings {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long LARGEST = 1L << 60;
    private static final int MAX_NODE_LENGTH = 64;
    private static final int MAX_CONCURRENT = 10_000;

    static final SettingGroup GENERAL = SettingGroup.ofApplication("", "The application.");

    static final Setting<Optional<String>> ADDRESS = GENERAL.optional(
            "address",
            SettingType.text(),
            "The address that the server is bound to; the embedded server tells, another container does not.");

    static final Setting<String> DATA =
            GENERAL.setting("data", SettingType.text(), "data", "The directory of everything that survives a restart.");

    static final Setting<Boolean> DEMO = GENERAL.derived(
            "demo",
            SettingType.flag(),
            settings -> isLoopback(settings.get(ADDRESS)),
            "only while address is the loopback one (false)",
            "Whether accounts with published passwords exist and work.");

    static final Setting<Optional<String>> ACCOUNTS = GENERAL.optional(
            "accounts",
            SettingType.text(),
            "A file with a line for each account to make unless it exists: name;display name;password[;roles=Operator].");

    static final Setting<Optional<String>> NODE = GENERAL.optional(
            "node",
            SettingType.text(
                    "text of at most " + MAX_NODE_LENGTH + " characters",
                    text -> !text.isBlank() && text.length() <= MAX_NODE_LENGTH),
            "The name of this server among several; none is a random one, kept with the data.");

    static final SettingGroup METRICS = SettingGroup.ofApplication("metrics", "Who may read the counters.");

    static final Setting<Optional<String>> METRICS_TOKEN = METRICS.secret(
            "token",
            SettingType.text(
                    "text of at least " + MetricsToken.MIN_LENGTH + " characters",
                    text -> text.length() >= MetricsToken.MIN_LENGTH),
            "Lets a scraper read /metrics, besides operators.");

    static final SettingGroup SHUTDOWN = SettingGroup.ofApplication(
            "shutdown", "How the embedded server lets its clients go when its process is told to end.");

    static final Setting<Duration> SHUTDOWN_WINDOW = SHUTDOWN.duration(
            "window",
            Duration.ofSeconds(5),
            Duration.ZERO,
            DrainOptions.LONGEST.dividedBy(2),
            "Over which they are spread as they are sent elsewhere.");

    static final Setting<Duration> SHUTDOWN_GRACE = SHUTDOWN.duration(
            "grace",
            Duration.ofSeconds(5),
            Duration.ZERO,
            DrainOptions.LONGEST.dividedBy(2),
            "How long what is left after the window may take to finish; then it is cut off.");

    static final SettingGroup UPLOAD = SettingGroup.ofApplication("upload", "What people may upload.");

    static final Setting<Long> MAX_BYTES =
            UPLOAD.bytes("maxBytes", 50 * MEGABYTE, 1, LARGEST, "Largest file that is taken.");

    static final Setting<Long> MAX_FILES_PER_USER = UPLOAD.setting(
            "maxFilesPerUser", SettingType.large(1, LARGEST), 10_000L, "Most files that a person keeps.");

    static final Setting<Long> MAX_BYTES_PER_USER = UPLOAD.derived(
            "maxBytesPerUser",
            SettingType.bytes(1, LARGEST),
            settings -> Math.max(settings.get(MAX_BYTES), 10 * 1024 * MEGABYTE),
            "10 GB, or maxBytes if that is more (10737418240)",
            "All files of a person together.");

    static final Setting<Integer> CONCURRENT = UPLOAD.whole(
            "concurrent",
            64,
            1,
            MAX_CONCURRENT,
            "Uploads under way at once; fewer than the container has threads, so that slow ones leave some for others.");

    static final Setting<Integer> CONCURRENT_PER_USER =
            UPLOAD.whole("concurrentPerUser", 4, 1, MAX_CONCURRENT, "Uploads of a person under way at once.");

    static final Setting<Integer> MAX_PER_USER_PER_HOUR = UPLOAD.whole(
            "maxPerUserPerHour",
            1000,
            1,
            1_000_000,
            "Uploads of a person that are taken at once, and each hour on average.");

    static final SettingGroup TOKEN = SettingGroup.ofApplication("token", "Sign-ins.");

    static final Setting<Duration> TOKEN_LIFETIME = TOKEN.duration(
            "lifetime", Duration.ofHours(8), Duration.ofSeconds(10), Duration.ofDays(30), "How long a sign-in lasts.");

    static final SettingGroup PASSWORD = SettingGroup.ofApplication("password", "Passwords.");

    static final Setting<Integer> PASSWORD_COST =
            PASSWORD.whole("cost", 12, 4, 20, "Cost of bcrypt, for passwords set from now on.");

    static final SettingGroup CONNECTION =
            SettingGroup.ofApplication("connection", "Connections among several servers.");

    static final Setting<Duration> CONNECTION_LEASE = CONNECTION.duration(
            "lease",
            Duration.ofSeconds(90),
            Duration.ofSeconds(3),
            Duration.ofHours(1),
            "How long the connections of a killed server are still tried; renewed three times within it.");

    static final SettingGroup CONNECTION_STRINGS = SettingGroup.ofConnectionStrings("Databases.");

    static final Setting<Optional<ConnectionString>> HUBWIRE = CONNECTION_STRINGS.secret(
            "Hubwire",
            SettingType.of(ConnectionString.RULE, ConnectionString::parse, ConnectionString::toString),
            "The database, for reading and writing; none is an H2 file in the data directory.");

    static final SettingGroup JDBC = SettingGroup.ofApplication("jdbc", "The database, said in other words.");

    static final Setting<Optional<String>> JDBC_URL = JDBC.optional(
            "url",
            SettingType.text("a JDBC URL", text -> text.startsWith("jdbc:")),
            "The URL of the database, in place of the connection string Hubwire.");

    static final Setting<Optional<String>> JDBC_USER = JDBC.optional(
            "user", SettingType.text(), "The user of the database, where the connection string names none.");

    static final Setting<Optional<String>> JDBC_PASSWORD = JDBC.secret(
            "password", SettingType.text(), "The password of the database, where the connection string has none.");

    static final Setting<Integer> JDBC_POOL_SIZE =
            JDBC.whole("poolSize", 10, 2, 1000, "Connections to the database that are held open.");

    static {
        UPLOAD.require(
                List.of(MAX_BYTES_PER_USER, MAX_BYTES),
                settings -> settings.get(MAX_BYTES_PER_USER) >= settings.get(MAX_BYTES),
                "upload.maxBytesPerUser must be at least upload.maxBytes.");
        JDBC.require(
                List.of(JDBC_URL, HUBWIRE),
                settings -> settings.get(JDBC_URL).isEmpty()
                        || settings.get(HUBWIRE).isEmpty(),
                "The database is named twice; one of them must go.");
        JDBC.require(
                List.of(JDBC_USER, JDBC_PASSWORD),
                settings -> settings.get(JDBC_URL).isPresent()
                        || settings.get(HUBWIRE).isPresent()
                        || (settings.get(JDBC_USER).isEmpty()
                                && settings.get(JDBC_PASSWORD).isEmpty()),
                "A user or password is for a database that is named; the one in the data directory has its own.");
    }

    private PushSettings() {}

    /** All groups, in the order of the reference. */
    public static List<SettingGroup> groups() {
        return List.of(GENERAL, METRICS, SHUTDOWN, UPLOAD, TOKEN, PASSWORD, CONNECTION, CONNECTION_STRINGS, JDBC);
    }

    /** A container that doesn't tell may listen to the whole world. */
    private static boolean isLoopback(Optional<String> address) {
        try {
            return address.isPresent() && InetAddress.getByName(address.get()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
