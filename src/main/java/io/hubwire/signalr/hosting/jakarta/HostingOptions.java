package io.hubwire.signalr.hosting.jakarta;

import io.hubwire.signalr.config.LimitSettings;
import io.hubwire.signalr.config.TransportSettings;
import io.hubwire.signalr.config.WebSocketSettings;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.hosting.ParameterParser;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the host lets a peer do. Start from {@link #DEFAULTS}, as in {@code DEFAULTS.with().maxBodyBytes(4 << 20).build()}.
 *
 * @param maxBodyBytes longest request body, 1 MiB by default; longer ones are refused with 413
 * @param bodyTimeout how long a request body may take to arrive, 30 s by default
 * @param writeTimeout how long one write or one WebSocket message may wait for a peer that does not read, 30 s by default; then the
 *        peer is taken for gone
 * @param receiveBufferLimit longest WebSocket message in bytes, 4 MiB by default ({@code webSocket/@receiveBufferLimit})
 * @param maxIncomingWebSocketMessageSize longest WebSocket message in bytes, 65536 by default; empty for no limit but the one above
 * @param pingInterval how often each WebSocket is pinged; one that does not answer two pings in a row is ended, with 1006. Empty by default, as SignalR's own
 *        keep-alives go by; on Undertow, which ends sockets that it has read nothing from for 90 s, then every 30 s
 * @param parameters how long a query may be, and how many parameters it and a form may have; {@link ParameterParser#DEFAULT} by default; longer ones are refused with
 *        414, more of them with 400
 * @param roles names to ask a container's principal about while the request is alive, besides those in the annotations of hubs; others are
 *        denied later (see {@link io.hubwire.signalr.hosting.RoleAwarePrincipal})
 * @param negotiateFace where negotiation is forwarded to, such as {@code /api/hubwire/negotiate} below the context path, when a JAX-RS
 *        application has it; empty, the default, answers it here
 */
public record HostingOptions(
        int maxBodyBytes,
        Duration bodyTimeout,
        Duration writeTimeout,
        int receiveBufferLimit,
        OptionalInt maxIncomingWebSocketMessageSize,
        Optional<Duration> pingInterval,
        ParameterParser parameters,
        Set<String> roles,
        Optional<String> negotiateFace) {

    /** The documented defaults. */
    public static final HostingOptions DEFAULTS = new HostingOptions(
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            4 << 20,
            OptionalInt.of(65_536),
            Optional.empty(),
            ParameterParser.DEFAULT,
            Set.of(),
            Optional.empty());

    /** Refuses limits below 1 and timeouts below a millisecond. */
    public HostingOptions {
        requirePositive("maxBodyBytes", maxBodyBytes);
        requirePositive("bodyTimeout in ms", bodyTimeout.toMillis());
        requirePositive("writeTimeout in ms", writeTimeout.toMillis());
        requirePositive("receiveBufferLimit", receiveBufferLimit);
        requirePositive(
                "pingInterval in ms", pingInterval.map(Duration::toMillis).orElse(1L));
        requirePositive("maxIncomingWebSocketMessageSize", maxIncomingWebSocketMessageSize.orElse(1));
        Objects.requireNonNull(parameters, "parameters");
        roles = Set.copyOf(roles);
    }

    /** A builder that begins with these values. */
    public Builder with() {
        return new Builder(this);
    }

    /** The same with more roles to ask about. */
    HostingOptions asking(Set<String> more) {
        if (roles.containsAll(more)) {
            return this;
        }
        Set<String> all = new HashSet<>(roles);
        all.addAll(more);
        return with().roles(all).build();
    }

    /** The same with what the operator set in place of what is here. */
    HostingOptions over(EffectiveSettings settings) {
        OptionalInt messageSize = settings.isSet(TransportSettings.MAX_INCOMING_WEB_SOCKET_MESSAGE_SIZE)
                ? settings.get(TransportSettings.MAX_INCOMING_WEB_SOCKET_MESSAGE_SIZE).stream()
                        .mapToInt(Math::toIntExact)
                        .findFirst()
                : maxIncomingWebSocketMessageSize;
        return with().maxBodyBytes(Math.toIntExact(settings.or(LimitSettings.MAX_BODY_BYTES, (long) maxBodyBytes)))
                .bodyTimeout(settings.or(LimitSettings.BODY_TIMEOUT, bodyTimeout))
                .writeTimeout(settings.or(LimitSettings.WRITE_TIMEOUT, writeTimeout))
                .receiveBufferLimit(
                        Math.toIntExact(settings.or(WebSocketSettings.RECEIVE_BUFFER_LIMIT, (long) receiveBufferLimit)))
                .maxIncomingWebSocketMessageSize(messageSize)
                .pingInterval(settings.or(WebSocketSettings.PING_INTERVAL, pingInterval))
                .parameters(new ParameterParser(
                        settings.or(LimitSettings.MAX_PARAMETERS, parameters.maxPairs()),
                        settings.or(LimitSettings.MAX_QUERY_LENGTH, parameters.maxQueryLength())))
                .build();
    }

    /** The smaller of the two limits on a WebSocket message, in UTF-8 bytes. */
    public int maxMessageBytes() {
        return Math.min(receiveBufferLimit, maxIncomingWebSocketMessageSize.orElse(receiveBufferLimit));
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }

    /** Collects changes to options; {@link #build} checks them together. */
    public static final class Builder {
        private int maxBodyBytes;
        private Duration bodyTimeout;
        private Duration writeTimeout;
        private int receiveBufferLimit;
        private OptionalInt maxIncomingWebSocketMessageSize;
        private Optional<Duration> pingInterval;
        private ParameterParser parameters;
        private Set<String> roles;
        private Optional<String> negotiateFace;

        private Builder(HostingOptions from) {
            maxBodyBytes = from.maxBodyBytes;
            bodyTimeout = from.bodyTimeout;
            writeTimeout = from.writeTimeout;
            receiveBufferLimit = from.receiveBufferLimit;
            maxIncomingWebSocketMessageSize = from.maxIncomingWebSocketMessageSize;
            pingInterval = from.pingInterval;
            parameters = from.parameters;
            roles = from.roles;
            negotiateFace = from.negotiateFace;
        }

        public Builder maxBodyBytes(int value) {
            maxBodyBytes = value;
            return this;
        }

        public Builder bodyTimeout(Duration value) {
            bodyTimeout = value;
            return this;
        }

        public Builder writeTimeout(Duration value) {
            writeTimeout = value;
            return this;
        }

        public Builder receiveBufferLimit(int value) {
            receiveBufferLimit = value;
            return this;
        }

        public Builder maxIncomingWebSocketMessageSize(OptionalInt value) {
            maxIncomingWebSocketMessageSize = value;
            return this;
        }

        public Builder pingInterval(Optional<Duration> value) {
            pingInterval = value;
            return this;
        }

        public Builder parameters(ParameterParser value) {
            parameters = value;
            return this;
        }

        public Builder roles(Set<String> value) {
            roles = value;
            return this;
        }

        public Builder negotiateFace(Optional<String> value) {
            negotiateFace = value;
            return this;
        }

        /**
         * Checks and takes what was collected.
         *
         * @throws IllegalArgumentException naming the option, its value and its limit
         */
        public HostingOptions build() {
            return new HostingOptions(
                    maxBodyBytes,
                    bodyTimeout,
                    writeTimeout,
                    receiveBufferLimit,
                    maxIncomingWebSocketMessageSize,
                    pingInterval,
                    parameters,
                    roles,
                    negotiateFace);
        }
    }
}
