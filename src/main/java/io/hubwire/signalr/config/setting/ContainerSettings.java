package io.hubwire.signalr.config.setting;

import java.time.Duration;

/**
 * What only the container can be told. The embedded server keeps to it; an installed container has its own configuration, and there these are told at start to be
 * without effect.
 */
public final class ContainerSettings {

    public static final SettingGroup GROUP = SettingGroup.of(
            "container",
            "container",
            "Limits of the embedded server. An installed container has its own places for them.");

    public static final Setting<Integer> MAX_CONNECTIONS = GROUP.whole(
            "maxConnections",
            20_000,
            1,
            1_000_000,
            "Most open connections; a waiting client costs memory, not a thread. The next ones wait in the accept queue.");

    public static final Setting<Integer> ACCEPT_COUNT = GROUP.whole(
            "acceptCount",
            1_000,
            1,
            65_535,
            "Connections that wait to be accepted, such as those of clients that all reconnect at once.");

    public static final Setting<Integer> MAX_THREADS =
            GROUP.whole("maxThreads", 200, 4, 10_000, "Most threads that answer requests.");

    public static final Setting<Long> MAX_HTTP_HEADER_SIZE = GROUP.bytes(
            "maxHttpHeaderSize",
            32_768,
            8_192,
            1 << 20,
            "Longest request line and headers together; the groups token of a client in many groups travels in it.");

    public static final Setting<Duration> CONNECTION_TIMEOUT = GROUP.duration(
            "connectionTimeout",
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a new connection may take to send its request line and headers.");

    public static final Setting<Duration> KEEP_ALIVE_TIMEOUT = GROUP.duration(
            "keepAliveTimeout",
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a connection stays open for another request.");

    private ContainerSettings() {}
}
