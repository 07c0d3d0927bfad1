package io.hubwire.signalr.protocol;

import java.time.Duration;
import java.util.Objects;

/**
 * The answer to {@code /negotiate} (protocol §2.1). All ten keys are always written; durations become seconds.
 *
 * @param url local path of the request without {@code /negotiate}; no host
 * @param keepAliveTimeout null when keep-alive is off
 * @param tryWebSockets whether host and configuration allow WebSockets
 */
public record NegotiateResponse(
        String url,
        String connectionToken,
        String connectionId,
        Duration keepAliveTimeout,
        Duration disconnectTimeout,
        Duration connectionTimeout,
        boolean tryWebSockets,
        ProtocolVersion protocolVersion,
        Duration transportConnectTimeout,
        Duration longPollDelay) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Refuses nulls, but for {@code keepAliveTimeout}. */
    public NegotiateResponse {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(connectionToken, "connectionToken");
        Objects.requireNonNull(connectionId, "connectionId");
        Objects.requireNonNull(disconnectTimeout, "disconnectTimeout");
        Objects.requireNonNull(connectionTimeout, "connectionTimeout");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(transportConnectTimeout, "transportConnectTimeout");
        Objects.requireNonNull(longPollDelay, "longPollDelay");
    }

    /** The JSON object, keys in the documented order, whole seconds as {@code 20.0}. */
    public String toJson() {
        StringBuilder json = new StringBuilder(512);
        json.append("{\"Url\":");
        Json.appendString(json, url);
        json.append(",\"ConnectionToken\":");
        Json.appendString(json, connectionToken);
        json.append(",\"ConnectionId\":");
        Json.appendString(json, connectionId);
        seconds(json, "KeepAliveTimeout", keepAliveTimeout);
        seconds(json, "DisconnectTimeout", disconnectTimeout);
        seconds(json, "ConnectionTimeout", connectionTimeout);
        json.append(",\"TryWebSockets\":").append(tryWebSockets);
        json.append(",\"ProtocolVersion\":");
        Json.appendString(json, protocolVersion.text());
        seconds(json, "TransportConnectTimeout", transportConnectTimeout);
        seconds(json, "LongPollDelay", longPollDelay);
        return json.append('}').toString();
    }

    private static void seconds(StringBuilder json, String key, Duration duration) {
        json.append(",\"").append(key).append("\":");
        if (duration == null) {
            json.append("null");
        } else {
            Json.appendDouble(json, duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND);
        }
    }
}
