package io.hubwire.signalr.config;

import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import java.time.Duration;
import java.util.Optional;

/** {@code system.webServer/webSocket}, as IIS has it, and the limit that SignalR adds. The host keeps to them. */
public final class WebSocketSettings {
    private static final long KIBIBYTE = 1 << 10;

    public static final SettingGroup GROUP =
            SettingGroup.of("webSocket", "system.webServer/webSocket", "WebSocket for the whole application.");

    public static final Setting<Boolean> ENABLED =
            GROUP.flag("enabled", true, "Whether there is WebSocket at all; without it clients use another transport.");

    public static final Setting<Optional<Duration>> PING_INTERVAL = GROUP.optional(
            "pingInterval",
            SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            "How often each WebSocket is pinged; one that does not answer two in a row is ended.");

    public static final Setting<Long> RECEIVE_BUFFER_LIMIT = GROUP.bytes(
            "receiveBufferLimit",
            4096 * KIBIBYTE,
            1,
            Integer.MAX_VALUE,
            "Longest message from a client; the smaller of this and maxIncomingWebSocketMessageSize counts.");

    private WebSocketSettings() {}
}
