package io.hubwire.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.SharedLog;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.TestTransport;
import io.hubwire.kit.proxy.FaultProxy;
import io.hubwire.kit.proxy.ProxiedConnection;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.connection.ConnectionGap;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.security.KeyRing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * Clients over all transports, each node behind a proxy, publishers on every node, and faults drawn from a seed. The seed repeats what is drawn, not the
 * moments at which threads act on it.
 */
final class LossRun implements AutoCloseable {
    private static final List<TestTransport> TRANSPORTS = List.of(TestTransport.values());
    private static final int GROUPS = 8;
    private static final int CONNECTS_AT_A_TIME = 20;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Plan plan;
    private final LossLedger ledger = new LossLedger();
    private final Random chance;
    private final Optional<SharedLog> log;
    private final List<LossNode> nodes = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<LossClient> clients = new ArrayList<>();
    private final ClientNetwork network;
    private final List<Publisher> publishers = new ArrayList<>();
    private long faults;

    /**
     * What a run is like.
     *
     * @param nodes 1, or more for a farm
     * @param publishesPerSecond broadcasts a second; as many go to a group, and as many to a single client
     * @param faultsPerSecond connections that are hit a second
     */
    record Plan(int nodes, int clients, Duration duration, int publishesPerSecond, double faultsPerSecond, long seed) {}

    LossRun(Plan plan) {
        this.plan = plan;
        this.chance = new Random(plan.seed());
        this.log = plan.nodes() > 1 ? Optional.of(new SharedLog(plan.seed())) : Optional.empty();
        log.ifPresent(shared -> shared.witnessedBy(this::witness));
        LossHub.REPORTS.set(this::report);
        KeyRing keys = KeyRing.random();
        for (int i = 0; i < plan.nodes(); i++) {
            LossNode node = LossNode.start("loss-node-" + i, keys, logOfNode());
            nodes.add(node);
            proxies.add(FaultProxy.to(node.port()));
            publishers.add(new Publisher(i, node));
        }
        this.network = new ClientNetwork(proxies.stream().map(FaultProxy::port).toList(), plan.seed() + 1, ledger);
    }

    private MessageLog logOfNode() {
        return log.<MessageLog>map(SharedLog::node).orElseGet(() -> new WitnessedLog(this::witness));
    }

    private void witness(long offset, Message message) {
        if (!message.isCommand()) {
            JsonText call = JsonText.parse(new String(message.payload(), StandardCharsets.UTF_8));
            List<JsonText> arguments = call.get("A").orElseThrow().elements();
            ledger.published(
                    arguments.get(0).text(), Long.parseLong(arguments.get(1).raw()), offset);
        }
    }

    private void report(String connectionId, ConnectionGap gap) {
        ledger.reported(connectionId, new LossLedger.Gap(gap.from(), gap.to(), gap.count()));
    }

    // --- the run ---

    /** Starts the clients, one after another in small lots, and puts each into a group. */
    void start() {
        List<CompletableFuture<?>> lot = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            TestTransport transport = TRANSPORTS.get(i % TRANSPORTS.size());
            LossClient client = new LossClient(network, transport, i);
            clients.add(client);
            String group = "group" + i % GROUPS;
            lot.add(client.start()
                    .thenCompose(started -> nodes.get(0).hub().groups().add(client.connectionId(), group))
                    .thenRun(() -> ledger.expect(client.connectionId(), streams(client, group)))
                    .toCompletableFuture());
            if (lot.size() == CONNECTS_AT_A_TIME || i == plan.clients() - 1) {
                lot.forEach(starting -> starting.orTimeout(60, TimeUnit.SECONDS).join());
                lot.clear();
            }
        }
    }

    private Set<String> streams(LossClient client, String group) {
        Set<String> streams = new HashSet<>();
        for (int node = 0; node < nodes.size(); node++) {
            streams.addAll(List.of("all/" + node, group + "/" + node, client.connectionId() + "/" + node));
        }
        return streams;
    }

    /** Publishes and breaks connections for as long as planned. */
    void rage() {
        long begin = System.nanoTime();
        long end = begin + plan.duration().toNanos();
        publishers.forEach(Thread::start);
        long struck = 0;
        for (long now = begin; now < end; now = System.nanoTime()) {
            // by the clock: a slow machine is not to have fewer
            double due = plan.faultsPerSecond() * (now - begin) / TimeUnit.SECONDS.toNanos(1);
            for (; struck + 1 <= due; struck++) {
                strike();
            }
            clients.forEach(LossClient::checkSilence);
            LockSupport.parkNanos(TICK_NANOS);
        }
        publishers.forEach(Publisher::finish);
    }

    private void strike() {
        List<ProxiedConnection> connections =
                proxies.get(chance.nextInt(proxies.size())).connections();
        int what = chance.nextInt(100);
        int where = chance.nextInt(Integer.MAX_VALUE);
        if (connections.isEmpty()) {
            return;
        }
        faults++;
        ProxiedConnection victim = connections.get(where % connections.size());
        if (what < 60) {
            victim.cut();
        } else if (what < 75) {
            victim.end();
        } else if (what < 82) {
            victim.halfCloseTowardsClient();
        } else if (what < 85) {
            victim.halfCloseTowardsServer();
        } else if (what < 90) {
            victim.swallow();
        } else if (what < 95) {
            victim.throttle(400);
        } else {
            victim.delay(Duration.ofMillis(50 + chance.nextInt(450)));
        }
    }

    /** Mends the network and waits until every client has the last of everything, and then until there is nothing to complain about. */
    void settle() {
        proxies.forEach(proxy -> proxy.connections().forEach(ProxiedConnection::cut));
        await("clients that have the last of everything")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    clients.forEach(LossClient::checkSilence);
                    assertThat(ledger.behind())
                            .as(() -> ledger.complaints() + " " + clients)
                            .isEmpty();
                });
        await("the last reports")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(ledger.complaints()).isEmpty());
    }

    /** Ends the clients and checks that the servers keep nothing of them. */
    void leave() {
        List<CompletableFuture<Void>> leaving = new ArrayList<>();
        for (LossClient client : clients) {
            leaving.add(client.abort().toCompletableFuture());
        }
        leaving.forEach(abort -> abort.orTimeout(60, TimeUnit.SECONDS).join());
        await("the end of what clients had").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(total(node -> node.value(Gauge.CONNECTIONS_CURRENT))).isZero();
            assertThat(total(node -> node.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT)))
                    .isZero();
            assertThat(total(LossNode::openAnswers)).isZero();
        });
    }

    /** Waits until the last message has left the tails, and its topic with it. */
    void awaitEmptyTails() {
        await("topics that nobody needs")
                .atMost(PATIENCE)
                .until(() -> total(node -> node.value(Gauge.MESSAGE_BUS_TOPICS_CURRENT)) == 0);
    }

    private long total(ToLongFunction<LossNode> value) {
        return nodes.stream().mapToLong(value).sum();
    }

    long faults() {
        return faults;
    }

    long reconnects() {
        return network.reconnects();
    }

    LossLedger ledger() {
        return ledger;
    }

    String figures() {
        return plan + ": received " + ledger.received() + ", faults " + faults + ", reconnects " + network.reconnects()
                + ", reports of gaps " + ledger.gaps() + ", lost and told " + ledger.missing()
                + ", counted by the servers: gaps "
                + total(node -> node.value(Counter.CONNECTION_GAPS)) + ", missed "
                + total(node -> node.value(Counter.CONNECTION_MESSAGES_MISSED)) + ", errors "
                + total(node -> node.value(Counter.ERRORS_ALL));
    }

    @Override
    public void close() {
        publishers.forEach(Publisher::finish);
        network.close();
        proxies.forEach(FaultProxy::close);
        nodes.forEach(LossNode::close);
        log.ifPresent(SharedLog::close);
        LossHub.REPORTS.set((id, gap) -> {});
    }

    /** Publishes on one node: to all, to a group, to a client, each numbered for itself. */
    private final class Publisher extends Thread {
        private final int number;
        private final LossNode node;
        private final Map<String, Long> numbers = new HashMap<>();
        private final Random picks;
        private volatile boolean finished;

        Publisher(int number, LossNode node) {
            super("loss-publisher-" + number);
            this.number = number;
            this.node = node;
            this.picks = new Random(plan.seed() + 2 + number);
        }

        @Override
        public void run() {
            long pause = TimeUnit.SECONDS.toNanos(1) * plan.nodes() / plan.publishesPerSecond();
            for (long next = System.nanoTime(); !finished; next += pause) {
                String group = "group" + picks.nextInt(GROUPS);
                String client = clients.get(picks.nextInt(clients.size())).connectionId();
                publish("all", node.hub().clients().all());
                publish(group, node.hub().clients().group(group));
                publish(client, node.hub().clients().client(client));
                LockSupport.parkNanos(next + pause - System.nanoTime());
            }
        }

        private void publish(String name, ClientProxy receivers) {
            String stream = name + "/" + number;
            long next = numbers.merge(stream, 1L, Long::sum) - 1;
            CompletionStage<Void> done = receivers.invoke("n", stream, next);
            done.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    ledger.complain(stream + " " + next + " could not be published: " + failure);
                }
            });
        }

        void finish() {
            finished = true;
            try {
                join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
