package io.hubwire.signalr.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The times and transports of one server (protocol §5.9). Checked as a whole, so the order in which values were set does not matter.
 *
 * @param transports what clients may use; without {@code WEB_SOCKETS} negotiate says so; default all
 * @param transportConnectTimeout how long a client waits for its first frame before it falls back; positive; default 5 s
 * @param connectionTimeout how long a poll stays open; of the other transports only when {@code keepAlive} is empty; positive; default 110 s
 * @param disconnectTimeout how long a client may be away before it counts as gone; at least 6 s; default 30 s
 * @param keepAlive how often an idle client hears something; at least 2 s and at most a third of {@code disconnectTimeout}; empty for never;
 *     default a third of {@code disconnectTimeout}
 * @param longPollDelay what clients wait between polls; not negative; default 0
 */
public record TransportConfig(
        Set<TransportKind> transports,
        Duration transportConnectTimeout,
        Duration connectionTimeout,
        Duration disconnectTimeout,
        Optional<Duration> keepAlive,
        Duration longPollDelay) {

    private static final Duration LEAST_DISCONNECT_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration LEAST_KEEP_ALIVE = Duration.ofSeconds(2);

    public TransportConfig {
        transports = Set.copyOf(transports);
        requirePositive("transportConnectTimeout", transportConnectTimeout);
        requirePositive("connectionTimeout", connectionTimeout);
        Objects.requireNonNull(keepAlive, "keepAlive");
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("At least one transport must be left.");
        }
        if (disconnectTimeout.compareTo(LEAST_DISCONNECT_TIMEOUT) < 0) {
            throw new IllegalArgumentException("DisconnectTimeout must be at least six seconds: " + disconnectTimeout);
        }
        if (longPollDelay.isNegative()) {
            throw new IllegalArgumentException("LongPollDelay must not be negative: " + longPollDelay);
        }
        keepAlive.ifPresent(value -> requireKeepAlive(value, disconnectTimeout));
    }

    /** The original's defaults. */
    public static TransportConfig defaults() {
        Duration disconnectTimeout = Duration.ofSeconds(30);
        return new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                disconnectTimeout,
                Optional.of(disconnectTimeout.dividedBy(3)),
                Duration.ZERO);
    }

    /** After how long without a sign a client gives up on its transport: twice {@code keepAlive}. */
    public Optional<Duration> keepAliveTimeout() {
        return keepAlive.map(value -> value.multipliedBy(2));
    }

    /** The heartbeat's tick: half of {@code keepAlive}, or a sixth of {@code disconnectTimeout} without one (protocol §5.6). */
    public Duration heartbeatInterval() {
        return keepAlive.map(value -> value.dividedBy(2)).orElseGet(() -> disconnectTimeout.dividedBy(6));
    }

    /** How long a message must be kept so that a client that comes back in time misses nothing: 2 × (disconnect + keep-alive time-out). */
    public Duration retention() {
        return disconnectTimeout.plus(keepAliveTimeout().orElse(Duration.ZERO)).multipliedBy(2);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requireKeepAlive(Duration keepAlive, Duration disconnectTimeout) {
        if (keepAlive.compareTo(LEAST_KEEP_ALIVE) < 0) {
            throw new IllegalArgumentException("KeepAlive value must be at least two seconds: " + keepAlive);
        }
        if (keepAlive.compareTo(disconnectTimeout.dividedBy(3)) > 0) {
            throw new IllegalArgumentException("KeepAlive value must be no more than a third of the DisconnectTimeout: "
                    + keepAlive
                    + " of "
                    + disconnectTimeout);
        }
    }
}
