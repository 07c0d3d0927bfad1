package io.hubwire.signalr.bus;

import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * What a bus does not take: messages and subscriptions beyond its limits. Each refusal is counted, and names the limit. Any thread; the loops are asked for
 * what they hold at the moment, so that a limit may be overstepped by what comes at the same time.
 */
final class BusLimits {
    private final BusConfig config;
    private final List<DeliveryLoop> loops;
    private final Metrics metrics;
    private final System.Logger trace;

    /** @param loops may be filled until the first question */
    BusLimits(BusConfig config, List<DeliveryLoop> loops, Metrics metrics, System.Logger trace) {
        this.config = config;
        this.loops = loops;
        this.metrics = metrics;
        this.trace = trace;
    }

    /**
     * Why the message cannot be taken, if it cannot. Acknowledgements are not asked about: they only answer what was let in.
     *
     * @param handedOver how far the log has come
     */
    Optional<BusException> refusal(Message message, LogMark handedOver) {
        int bytes = LogEntry.bytes(message);
        if (bytes > config.maxMessageBytes()) {
            return Optional.of(refused(
                    Limit.MESSAGE_SIZE,
                    "a message of " + bytes + " bytes is over the limit of " + config.maxMessageBytes()));
        }
        if (!hasRoomAfter(handedOver)) {
            return Optional.of(refused(
                    Limit.BACKLOG,
                    "delivery is behind by the limit of " + config.maxBacklog() + " messages or " + config.tailBytes()
                            + " bytes"));
        }
        if (refusesTopic(message.topic())
                || (message.command() instanceof Command.Join join && refusesTopic(join.topic()))) {
            return Optional.of(tooManyTopics());
        }
        return Optional.empty();
    }

    /** Whether every loop keeps up with the log. */
    boolean hasRoomAfter(LogMark handedOver) {
        for (DeliveryLoop loop : loops) {
            LogMark processed = loop.processed();
            if (handedOver.entries() - processed.entries() >= config.maxBacklog()
                    || handedOver.bytes() - processed.bytes() >= config.tailBytes()) {
                return false;
            }
        }
        return true;
    }

    private boolean refusesTopic(String topic) {
        for (DeliveryLoop loop : loops) {
            if (loop.refuses(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the loop has room for the topics of a subscription. @throws BusException if not */
    void requireTopics(DeliveryLoop loop, SubscriptionRequest request) {
        long wanted = request.topics().size() + (long) request.groups().size();
        if (loop.topicCount() + wanted <= config.maxTopics()) {
            return;
        }
        long unknown = loop.countUnknown(request.topics())
                + loop.countUnknown(
                        request.groups().stream().map(Membership::topic).toList());
        if (loop.topicCount() + unknown > config.maxTopics()) {
            throw tooManyTopics();
        }
    }

    private BusException tooManyTopics() {
        return refused(Limit.TOPICS, "the limit of " + config.maxTopics() + " topics is reached");
    }

    BusException tooManyAcknowledgements() {
        return refused(
                Limit.PENDING_ACKNOWLEDGEMENTS,
                "the limit of " + config.maxPendingAcknowledgements()
                        + " joins and leaves that wait for their acknowledgement is reached");
    }

    private BusException refused(Limit limit, String why) {
        metrics.refused(limit);
        trace.log(Level.DEBUG, () -> "Refused: " + why);
        return new BusException(why);
    }
}
