package io.hubwire.push.realtime;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.metrics.RecentErrors;
import io.hubwire.signalr.operations.ServerSnapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a node is doing, as its operator's page shows it: sizes in bytes, times in seconds unless they say otherwise.
 *
 * @param name the instance name of its counters
 * @param time when it was asked
 * @param draining whether it sends its clients elsewhere
 * @param refused how often which limit refused something, those that did, the most frequent first
 * @param errors the newest first
 */
public record NodeStatus(
        String name,
        Instant time,
        long uptimeSeconds,
        boolean draining,
        Jvm jvm,
        List<Clients> clients,
        List<Hub> hubs,
        Rates rates,
        Topics topics,
        Readers readers,
        Gaps gaps,
        List<Refused> refused,
        List<RecentError> errors) {

    static NodeStatus of(ServerSnapshot snapshot) {
        return new NodeStatus(
                snapshot.name(),
                snapshot.takenAt().truncatedTo(ChronoUnit.MILLIS),
                snapshot.uptime().toSeconds(),
                snapshot.draining(),
                Jvm.now(),
                snapshot.clients().stream().map(Clients::of).toList(),
                snapshot.hubs().stream().map(Hub::of).toList(),
                Rates.of(snapshot.rates()),
                Topics.of(snapshot.topics()),
                Readers.of(snapshot.readers()),
                new Gaps(snapshot.gaps().count(), snapshot.gaps().messages()),
                Refused.of(snapshot.metrics()),
                snapshot.recentErrors().stream().map(RecentError::of).toList());
    }

    /**
     * The process.
     *
     * @param heapMax 0 when it is not limited
     */
    public record Jvm(long heapUsed, long heapMax, int threads) {

        private static Jvm now() {
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            return new Jvm(heap.getUsed(), Math.max(0, heap.getMax()), threads);
        }
    }

    /**
     * The clients whose latest receive request came by one transport.
     *
     * @param away between two polls, or lost and not yet given up
     */
    public record Clients(String transport, int open, int away) {

        private static Clients of(ServerSnapshot.Clients clients) {
            return new Clients(clients.transport().wireName(), clients.open(), clients.away());
        }
    }

    /** A hub; {@code averageMillis} is of all its calls so far, 0 when there were none. */
    public record Hub(String name, int connections, long calls, long failed, long running, double averageMillis) {

        private static Hub of(ServerSnapshot.HubLoad hub) {
            double average = hub.calls() == 0 ? 0 : hub.callTime().toNanos() / 1e6 / hub.calls();
            return new Hub(hub.name(), hub.connections(), hub.calls(), hub.failed(), hub.running(), average);
        }
    }

    /** Messages per second: to clients, from clients, into the bus; and errors per second. */
    public record Rates(double toClients, double fromClients, double published, double errors) {

        private static Rates of(Map<String, Double> rates) {
            return new Rates(
                    rate(rates, Counter.CONNECTION_MESSAGES_RECEIVED),
                    rate(rates, Counter.CONNECTION_MESSAGES_SENT),
                    rate(rates, Counter.MESSAGE_BUS_MESSAGES_PUBLISHED),
                    rate(rates, Counter.ERRORS_ALL));
        }

        private static double rate(Map<String, Double> rates, Counter counter) {
            return rates.getOrDefault(counter.rateName().orElseThrow(), 0.0);
        }
    }

    /** The topics, with the largest by what they hold. */
    public record Topics(int count, long retainedBytes, List<Topic> largest) {

        private static Topics of(ServerSnapshot.Topics topics) {
            List<Topic> largest = topics.mostRetained().stream()
                    .map(topic -> new Topic(topic.name(), topic.subscribers(), topic.messages()))
                    .toList();
            return new Topics(topics.count(), topics.retainedBytes(), largest);
        }
    }

    /** One topic: {@code messages} are held for those who come back. */
    public record Topic(String name, int subscribers, int messages) {}

    /** Connections that are behind: how many, and the slowest. */
    public record Readers(int behind, List<Reader> slowest) {

        private static Readers of(ServerSnapshot.Readers readers) {
            return new Readers(
                    readers.behind(), readers.slowest().stream().map(Reader::of).toList());
        }
    }

    /** One of them; user and transport are empty for nobody and for one that has left. */
    public record Reader(
            String connectionId, String user, String transport, long messages, long bytes, long ageMillis) {

        private static Reader of(ServerSnapshot.SlowReader reader) {
            return new Reader(
                    reader.connectionId(),
                    reader.user().orElse(""),
                    reader.transport().map(transport -> transport.wireName()).orElse(""),
                    reader.messages(),
                    reader.bytes(),
                    reader.age().toMillis());
        }
    }

    /** How often connections fell behind the log, and by how many messages in all, as far as known. */
    public record Gaps(long count, long messages) {}

    /** A limit that refused something, by its name without the family's, such as {@code Query Length}. */
    public record Refused(String limit, long count) {
        private static final String FAMILY = "Limits Refused: ";

        private static List<Refused> of(Metrics.Snapshot metrics) {
            Stream<Refused> own = Arrays.stream(Limit.values())
                    .map(limit -> new Refused(
                            limit.displayName().substring(FAMILY.length()),
                            metrics.refusals().getOrDefault(limit, 0L)));
            Stream<Refused> applications = metrics.applicationRefusals().entrySet().stream()
                    .map(limit -> new Refused(limit.getKey(), limit.getValue()));
            return Stream.concat(own, applications)
                    .filter(refused -> refused.count() > 0)
                    .sorted(Comparator.comparingLong(Refused::count).reversed())
                    .toList();
        }
    }

    /** Errors of one kind. */
    public record RecentError(String source, String message, long count, Instant last) {

        private static RecentError of(RecentErrors.Entry entry) {
            return new RecentError(
                    entry.source(), entry.message(), entry.count(), entry.last().truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
