package io.hubwire.signalr.config;

import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.connection.ConnectionConfig;
import io.hubwire.signalr.hosting.ParameterParser;
import io.hubwire.signalr.transport.SessionLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What peers may take of a node. The host keeps to those of requests and messages, the server to the others. */
public final class LimitSettings {
    private static final ConnectionConfig DEFAULTS = ConnectionConfig.defaults();
    private static final SessionLimits SESSIONS = SessionLimits.defaults();
    private static final int MANY = 100_000_000;
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final SettingGroup GROUP =
            SettingGroup.of("signalr.limits", "signalr/limits", "What clients may take of a node.");

    public static final Setting<Integer> MAX_CONNECTIONS = GROUP.whole(
            "maxConnections",
            SESSIONS.most(),
            1,
            MANY,
            "Most clients of a node, those that are away for a moment included; one more gets 503.");

    public static final Setting<Integer> MAX_CONNECTIONS_PER_USER = GROUP.whole(
            "maxConnectionsPerUser",
            SESSIONS.mostPerUser(),
            1,
            MANY,
            "Most clients of one authenticated user on a node; one more gets 429.");

    public static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS = GROUP.whole(
            "maxConnectionsPerAddress",
            SESSIONS.mostPerAddress(),
            1,
            MANY,
            "Most clients of one address on a node, which is a /64 of IPv6; one more gets 429.");

    public static final Setting<Integer> MAX_GROUPS = GROUP.whole(
            "maxGroups", DEFAULTS.maxGroups(), 1, 100_000, "Most groups of a connection; one more is refused.");

    public static final Setting<Integer> MAX_CALLS_IN_FLIGHT = GROUP.whole(
            "maxCallsInFlight",
            DEFAULTS.maxCallsInFlight(),
            1,
            100_000,
            "Most calls of a WebSocket that run at once; above it reading from that client stops.");

    public static final Setting<Integer> MAX_BLOCKED_READERS = GROUP.whole(
            "maxBlockedReaders",
            DEFAULTS.maxBlockedReaders(),
            1,
            100_000,
            "Threads of the container that may wait so; above it a connection is closed with 1013.");

    public static final Setting<Optional<Integer>> MAX_CALLS_PER_SECOND = GROUP.optional(
            "maxCallsPerSecond",
            SettingType.whole(1, 1_000_000),
            "Most calls of a connection at once, and each second on average; above it a request gets 429 and a WebSocket is closed with 1008.");

    public static final Setting<Integer> MAX_MESSAGES_PER_FRAME = GROUP.whole(
            "maxMessagesPerFrame", DEFAULTS.maxMessagesPerFrame(), 1, 100_000, "Most messages in a frame of a stream.");

    public static final Setting<Integer> MAX_MESSAGES_PER_POLL = GROUP.whole(
            "maxMessagesPerPoll", DEFAULTS.maxMessagesPerPoll(), 1, 100_000, "Most messages in the answer to a poll.");

    public static final Setting<OverflowPolicy> OVERFLOW = GROUP.setting(
            "overflow",
            SettingType.choice(Map.of("skip", OverflowPolicy.SKIP, "disconnect", OverflowPolicy.DISCONNECT)),
            DEFAULTS.overflow(),
            "What happens to a client that is too slow: it misses messages, or it is ended and comes back.");

    public static final Setting<Integer> WORKERS = GROUP.derived(
            "workers",
            SettingType.whole(1, 10_000),
            settings -> 8 * Runtime.getRuntime().availableProcessors(),
            "eight for each processor",
            "Threads for hub methods on a JDK without virtual threads.");

    public static final Setting<Integer> WORKER_QUEUE = GROUP.whole(
            "workerQueue", 10_000, 1, MANY, "Most calls and events of hubs that run or wait; one more is refused.");

    public static final Setting<Long> MAX_BODY_BYTES = GROUP.bytes(
            "maxBodyBytes",
            1 << 20,
            1,
            Integer.MAX_VALUE,
            "Longest body of a request to SignalR; a longer one gets 413.");

    public static final Setting<Integer> MAX_QUERY_LENGTH = GROUP.whole(
            "maxQueryLength",
            ParameterParser.DEFAULT.maxQueryLength(),
            1,
            MANY,
            "Longest query of a request to SignalR, in characters; a longer one gets 414.");

    public static final Setting<Integer> MAX_PARAMETERS = GROUP.whole(
            "maxParameters",
            ParameterParser.DEFAULT.maxPairs(),
            1,
            1_000_000,
            "Most parameters of a query or form; more of them get 400.");

    public static final Setting<Duration> BODY_TIMEOUT = GROUP.duration(
            "bodyTimeout", Duration.ofSeconds(30), TICK, HOUR, "How long the body of a request may take to arrive.");

    public static final Setting<Duration> WRITE_TIMEOUT = GROUP.duration(
            "writeTimeout",
            Duration.ofSeconds(30),
            TICK,
            HOUR,
            "How long a write waits for a client that does not read; then the client is taken for gone.");

    private LimitSettings() {}

    /** What an application has, with what the operator set in its place. */
    static ConnectionConfig over(ConnectionConfig application, EffectiveSettings settings) {
        return new ConnectionConfig(
                settings.or(MAX_CALLS_IN_FLIGHT, application.maxCallsInFlight()),
                settings.or(MAX_BLOCKED_READERS, application.maxBlockedReaders()),
                settings.or(MAX_MESSAGES_PER_FRAME, application.maxMessagesPerFrame()),
                settings.or(MAX_MESSAGES_PER_POLL, application.maxMessagesPerPoll()),
                settings.or(MAX_GROUPS, application.maxGroups()),
                callsPerSecond(application, settings),
                settings.or(OVERFLOW, application.overflow()));
    }

    private static OptionalInt callsPerSecond(ConnectionConfig application, EffectiveSettings settings) {
        return settings.isSet(MAX_CALLS_PER_SECOND)
                ? settings.get(MAX_CALLS_PER_SECOND).stream()
                        .mapToInt(Integer::intValue)
                        .findFirst()
                : application.maxCallsPerSecond();
    }

    /** The same for how many clients a node takes. */
    static SessionLimits over(SessionLimits application, EffectiveSettings settings) {
        return new SessionLimits(
                settings.or(MAX_CONNECTIONS, application.most()),
                settings.or(MAX_CONNECTIONS_PER_USER, application.mostPerUser()),
                settings.or(MAX_CONNECTIONS_PER_ADDRESS, application.mostPerAddress()));
    }
}
