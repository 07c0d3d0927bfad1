package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.transport.TransportConfig;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The times and transports of protocol §5.9, with the original's names, defaults and rules. */
public final class TransportSettings {
    private static final TransportConfig DEFAULTS = TransportConfig.defaults();
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int KEEP_ALIVES_IN_A_DISCONNECT_TIMEOUT = 3;

    public static final SettingGroup GROUP = SettingGroup.of(
            "signalr.transports", "signalr/transports", "What clients may use, and the times that both sides go by.");

    public static final Setting<Boolean> WEB_SOCKETS =
            GROUP.flag("webSockets", true, "Whether clients may use webSockets; needs webSocket.enabled as well.");
    public static final Setting<Boolean> SERVER_SENT_EVENTS =
            GROUP.flag("serverSentEvents", true, "Whether clients may use serverSentEvents.");
    public static final Setting<Boolean> FOREVER_FRAME =
            GROUP.flag("foreverFrame", true, "Whether clients may use foreverFrame, which is for Internet Explorer.");
    public static final Setting<Boolean> LONG_POLLING =
            GROUP.flag("longPolling", true, "Whether clients may use longPolling, which works everywhere.");

    public static final Setting<Duration> TRANSPORT_CONNECT_TIMEOUT = GROUP.duration(
            "transportConnectTimeout",
            DEFAULTS.transportConnectTimeout(),
            SHORTEST,
            LONGEST,
            "How long a client waits for its first frame before it tries the next transport.");

    public static final Setting<Duration> CONNECTION_TIMEOUT = GROUP.duration(
            "connectionTimeout",
            DEFAULTS.connectionTimeout(),
            SHORTEST,
            LONGEST,
            "How long a poll stays open; of the other transports only without a keepAlive.");

    public static final Setting<Duration> DISCONNECT_TIMEOUT = GROUP.setting(
            "disconnectTimeout",
            SettingType.duration(Duration.ofSeconds(6), LONGEST)
                    .explained("DisconnectTimeout must be at least six seconds."),
            DEFAULTS.disconnectTimeout(),
            "How long a client may be away before it counts as gone.");

    public static final Setting<Optional<Duration>> KEEP_ALIVE = GROUP.derived(
            "keepAlive",
            SettingType.duration(Duration.ofSeconds(2), LONGEST.dividedBy(KEEP_ALIVES_IN_A_DISCONNECT_TIMEOUT))
                    .orNone()
                    .explained("KeepAlive value must be greater than two seconds."),
            settings -> Optional.of(third(settings.get(DISCONNECT_TIMEOUT))),
            "a third of disconnectTimeout (00:00:10)",
            "How often an idle client hears something; none switches it off.");

    public static final Setting<Duration> LONG_POLL_DELAY = GROUP.duration(
            "longPollDelay", DEFAULTS.longPollDelay(), Duration.ZERO, LONGEST, "What clients wait between polls.");

    public static final Setting<Optional<Long>> MAX_INCOMING_WEB_SOCKET_MESSAGE_SIZE = GROUP.setting(
            "maxIncomingWebSocketMessageSize",
            SettingType.bytes(1, Integer.MAX_VALUE).orNone(),
            Optional.of(65_536L),
            "Longest message of a WebSocket; none leaves webSocket.receiveBufferLimit. A longer one ends it with 1009.");

    static {
        GROUP.require(
                List.of(KEEP_ALIVE, DISCONNECT_TIMEOUT),
                settings -> settings.get(KEEP_ALIVE)
                        .filter(value -> value.compareTo(third(settings.get(DISCONNECT_TIMEOUT))) > 0)
                        .isEmpty(),
                "KeepAlive value must be no more than a third of the DisconnectTimeout.");
        GROUP.require(
                List.of(WebSocketSettings.ENABLED, WEB_SOCKETS, SERVER_SENT_EVENTS, FOREVER_FRAME, LONG_POLLING),
                settings -> !kinds(settings, EnumSet.allOf(TransportKind.class)).isEmpty(),
                "At least one transport must be left.");
    }

    private TransportSettings() {}

    private static Duration third(Duration disconnectTimeout) {
        return disconnectTimeout.dividedBy(KEEP_ALIVES_IN_A_DISCONNECT_TIMEOUT);
    }

    /**
     * What an application has, with what the operator set in its place. A {@code disconnectTimeout} alone takes {@code keepAlive} with it, as in the original.
     *
     * @throws IllegalArgumentException when what is left of the application's does not go with what the operator set
     */
    static TransportConfig over(TransportConfig application, EffectiveSettings settings) {
        boolean timesAreSet = settings.isSet(DISCONNECT_TIMEOUT) || settings.isSet(KEEP_ALIVE);
        return new TransportConfig(
                kinds(settings, application.transports()),
                settings.or(TRANSPORT_CONNECT_TIMEOUT, application.transportConnectTimeout()),
                settings.or(CONNECTION_TIMEOUT, application.connectionTimeout()),
                settings.or(DISCONNECT_TIMEOUT, application.disconnectTimeout()),
                timesAreSet ? keepAlive(application, settings) : application.keepAlive(),
                settings.or(LONG_POLL_DELAY, application.longPollDelay()));
    }

    private static Optional<Duration> keepAlive(TransportConfig application, EffectiveSettings settings) {
        Duration disconnectTimeout = settings.or(DISCONNECT_TIMEOUT, application.disconnectTimeout());
        return settings.or(KEEP_ALIVE, Optional.of(third(disconnectTimeout)));
    }

    private static Set<TransportKind> kinds(EffectiveSettings settings, Set<TransportKind> application) {
        Map<TransportKind, Setting<Boolean>> flags = new EnumMap<>(Map.of(
                TransportKind.WEB_SOCKETS, WEB_SOCKETS,
                TransportKind.SERVER_SENT_EVENTS, SERVER_SENT_EVENTS,
                TransportKind.FOREVER_FRAME, FOREVER_FRAME,
                TransportKind.LONG_POLLING, LONG_POLLING));
        Set<TransportKind> kinds = EnumSet.noneOf(TransportKind.class);
        flags.forEach((kind, flag) -> {
            boolean available = kind != TransportKind.WEB_SOCKETS || settings.get(WebSocketSettings.ENABLED);
            if (available && settings.or(flag, application.contains(kind))) {
                kinds.add(kind);
            }
        });
        return kinds;
    }
}
