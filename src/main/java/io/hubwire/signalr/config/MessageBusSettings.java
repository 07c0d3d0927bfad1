package io.hubwire.signalr.config;

import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.config.setting.SettingGroup;
import io.hubwire.signalr.config.setting.SettingType;
import io.hubwire.signalr.transport.TransportConfig;
import java.time.Duration;
import java.util.List;

/** How much the bus of a node keeps, and what it refuses. */
public final class MessageBusSettings {
    private static final BusConfig DEFAULTS = BusConfig.forTimeouts(
            TransportConfig.defaults().disconnectTimeout(),
            TransportConfig.defaults().keepAliveTimeout().orElse(Duration.ZERO));
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 100_000_000;
    private static final long KIBIBYTE = 1 << 10;
    private static final int LARGEST_MESSAGES = 4; // that the tail must have room for

    public static final SettingGroup GROUP =
            SettingGroup.of("signalr.messageBus", "signalr/messageBus", "How much a node keeps for replays.");

    public static final Setting<Integer> DEFAULT_MESSAGE_BUFFER_SIZE = GROUP.whole(
            "defaultMessageBufferSize",
            DEFAULTS.messageBufferSize(),
            0,
            1_000_000,
            "Most messages that a topic keeps for clients that come back; less than 32 counts as 32.");

    public static final Setting<Integer> MAX_SCALEOUT_MAPPINGS_PER_STREAM = GROUP.whole(
            "maxScaleoutMappingsPerStream",
            65_535,
            0,
            MANY,
            "Most messages of a stream that a backplane keeps the positions of; the memory backplane has no streams.");

    public static final Setting<Long> TAIL_BYTES = GROUP.bytes(
            "tailBytes", DEFAULTS.tailBytes(), 4, 1L << 40, "Most bytes that a node keeps over all topics.");

    public static final Setting<Duration> TAIL_AGE = GROUP.derived(
            "tailAge",
            SettingType.duration(Duration.ofSeconds(12), Duration.ofDays(30)),
            MessageBusSettings::leastTailAge,
            "2 × (disconnectTimeout + 2 × keepAlive) (00:01:40)",
            "How long a message is kept at most; no less than the default, which clients may take to come back.");

    public static final Setting<Integer> MAX_TOPICS = GROUP.whole(
            "maxTopics", DEFAULTS.maxTopics(), 1, MANY, "Most topics that a node knows; one more is refused.");

    public static final Setting<Integer> MAX_BACKLOG = GROUP.whole(
            "maxBacklog",
            DEFAULTS.maxBacklog(),
            1,
            MANY,
            "Most messages that wait for a delivery loop; beyond it publishing is refused.");

    public static final Setting<Long> MAX_MESSAGE_BYTES = GROUP.bytes(
            "maxMessageBytes",
            DEFAULTS.maxMessageBytes(),
            1,
            1024 * 1024 * KIBIBYTE,
            "Largest message that can be published.");

    public static final Setting<Integer> MAX_PENDING_ACKNOWLEDGEMENTS = GROUP.whole(
            "maxPendingAcknowledgements",
            DEFAULTS.maxPendingAcknowledgements(),
            1,
            MANY,
            "Most joins and leaves that wait for their acknowledgement.");

    public static final Setting<Integer> LOOPS = GROUP.derived(
            "loops",
            SettingType.whole(1, 1_024),
            settings -> DEFAULTS.loops(),
            "one for each processor, at most 8",
            "Delivery loops, each on a thread of its own.");

    public static final Setting<Duration> ACKNOWLEDGEMENT_TIMEOUT = GROUP.duration(
            "acknowledgementTimeout",
            DEFAULTS.acknowledgementTimeout(),
            TICK,
            DAY,
            "How long a join or leave waits for its acknowledgement.");

    public static final Setting<Duration> SWEEP_INTERVAL = GROUP.duration(
            "sweepInterval",
            DEFAULTS.sweepInterval(),
            TICK,
            DAY,
            "How often waits are checked and old messages are let go of.");

    public static final Setting<Duration> AHEAD_PATIENCE = GROUP.duration(
            "aheadPatience",
            DEFAULTS.aheadPatience(),
            Duration.ZERO,
            DAY,
            "How long a client that is ahead of this node of a farm is waited for.");

    static {
        GROUP.require(
                List.of(TAIL_AGE, TransportSettings.DISCONNECT_TIMEOUT, TransportSettings.KEEP_ALIVE),
                settings -> settings.get(TAIL_AGE).compareTo(leastTailAge(settings)) >= 0,
                "tailAge must be at least 2 × (disconnectTimeout + 2 × keepAlive): clients may come back so late.");
        GROUP.require(
                List.of(TAIL_BYTES, MAX_MESSAGE_BYTES),
                settings -> settings.get(TAIL_BYTES) >= LARGEST_MESSAGES * settings.get(MAX_MESSAGE_BYTES),
                "tailBytes must be at least four times maxMessageBytes.");
    }

    private MessageBusSettings() {}

    private static Duration leastTailAge(EffectiveSettings settings) {
        Duration keepAlive = settings.get(TransportSettings.KEEP_ALIVE).orElse(Duration.ZERO);
        return BusConfig.minimumTailAge(settings.get(TransportSettings.DISCONNECT_TIMEOUT), keepAlive.multipliedBy(2));
    }

    /** What an application has, with what the operator set in its place. */
    static BusConfig over(BusConfig application, EffectiveSettings settings) {
        int bufferSize = settings.or(DEFAULT_MESSAGE_BUFFER_SIZE, application.messageBufferSize());
        return application
                .with()
                .messageBufferSize(Math.max(bufferSize, BusConfig.MINIMUM_MESSAGE_BUFFER_SIZE))
                .tailBytes(settings.or(TAIL_BYTES, application.tailBytes()))
                .tailAge(settings.or(TAIL_AGE, application.tailAge()))
                .maxTopics(settings.or(MAX_TOPICS, application.maxTopics()))
                .maxBacklog(settings.or(MAX_BACKLOG, application.maxBacklog()))
                .maxMessageBytes(Math.toIntExact(settings.or(MAX_MESSAGE_BYTES, (long) application.maxMessageBytes())))
                .maxPendingAcknowledgements(
                        settings.or(MAX_PENDING_ACKNOWLEDGEMENTS, application.maxPendingAcknowledgements()))
                .loops(settings.or(LOOPS, application.loops()))
                .acknowledgementTimeout(settings.or(ACKNOWLEDGEMENT_TIMEOUT, application.acknowledgementTimeout()))
                .sweepInterval(settings.or(SWEEP_INTERVAL, application.sweepInterval()))
                .aheadPatience(settings.or(AHEAD_PATIENCE, application.aheadPatience()))
                .build();
    }
}
