package io.hubwire.signalr.operations;

import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.metrics.RecentErrors;
import io.hubwire.signalr.transport.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is doing. Its parts were taken one after another, not at one instant.
 *
 * @param name of the server: the instance name of its counters (protocol §15.1)
 * @param takenAt when
 * @param uptime since the server started
 * @param draining whether it sends its clients elsewhere
 * @param clients of this node by transport, all transports in the order of their declaration
 * @param hubs in the order of their names
 * @param topics of the bus
 * @param readers that are behind
 * @param gaps what connections have lost since the server started
 * @param metrics all counters and gauges
 * @param rates per second, over the last seconds, by the original's names (protocol §15.1)
 * @param recentErrors the newest first
 */
public record ServerSnapshot(
        String name,
        Instant takenAt,
        Duration uptime,
        boolean draining,
        List<Clients> clients,
        List<HubLoad> hubs,
        Topics topics,
        Readers readers,
        Gaps gaps,
        Metrics.Snapshot metrics,
        Map<String, Double> rates,
        List<RecentErrors.Entry> recentErrors) {

    /** Longest list of topics, and of readers that are behind. */
    public static final int MOST_LISTED = 20;

    /** Copies the lists and the map. */
    public ServerSnapshot {
        clients = List.copyOf(clients);
        hubs = List.copyOf(hubs);
        rates = Map.copyOf(rates);
        recentErrors = List.copyOf(recentErrors);
    }

    /**
     * The clients whose latest receive request came by one transport.
     *
     * @param open that have a receive request open
     * @param away between two polls, or lost and not yet given up
     */
    public record Clients(TransportKind transport, int open, int away) {}

    /**
     * One hub.
     *
     * @param connections of this node that take part in it and have a receive request open
     * @param calls that are over
     * @param failed those of them that were answered with an error
     * @param running calls under way
     * @param callTime how long all completed calls took together
     */
    public record HubLoad(String name, int connections, long calls, long failed, long running, Duration callTime) {}

    /**
     * The topics of this node.
     *
     * @param count how many there are
     * @param retainedBytes what is held for those who come back
     * @param mostSubscribed those with the most subscribers, at most {@value ServerSnapshot#MOST_LISTED}, the largest first
     * @param mostRetained those that hold the most messages, likewise
     */
    public record Topics(int count, long retainedBytes, List<TopicLoad> mostSubscribed, List<TopicLoad> mostRetained) {

        /** Copies the lists. */
        public Topics {
            mostSubscribed = List.copyOf(mostSubscribed);
            mostRetained = List.copyOf(mostRetained);
        }
    }

    /**
     * One topic.
     *
     * @param name as in protocol §7.1; it holds names of groups and users
     * @param subscribers connections of this node
     * @param messages that are held
     */
    public record TopicLoad(String name, int subscribers, int messages) {}

    /**
     * Connections that have not been sent everything there is for them.
     *
     * @param behind how many, those included whose message is on its way at this moment
     * @param slowest those with the oldest unsent messages, at most {@value ServerSnapshot#MOST_LISTED}, the oldest first
     */
    public record Readers(int behind, List<SlowReader> slowest) {

        /** Copies the list. */
        public Readers {
            slowest = List.copyOf(slowest);
        }
    }

    /**
     * A connection that is behind.
     *
     * @param user empty for nobody
     * @param transport empty when the client has left meanwhile
     * @param messages in its topics that it has not been sent
     * @param bytes by which the log has moved since the oldest of them: at the limit of the tail they are lost
     * @param age of the oldest of them
     */
    public record SlowReader(
            String connectionId,
            Optional<String> user,
            Optional<TransportKind> transport,
            long messages,
            long bytes,
            Duration age) {}

    /**
     * What is lost for good, and was told to those who lost it.
     *
     * @param count how often a connection fell behind the log
     * @param messages that were lost that way, as far as known
     */
    public record Gaps(long count, long messages) {}
}
