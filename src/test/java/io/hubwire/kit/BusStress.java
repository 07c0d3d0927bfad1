package io.hubwire.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.JoinPolicy;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.bus.Subscriber;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that lose frames, come back on any node with the cursor and the groups that they last heard of, poll or stream, write fast or slowly;
 * publishers that send to topics and groups, exclude, add to groups and remove from them, all at once and at random. In the end every client must have got
 * exactly what a simple model of the log says, in the order of the log, once.
 */
final class BusStress {
    private static final int CLIENTS = 8;
    private static final int PUBLISHERS = 3;
    private static final int MESSAGES_PER_PUBLISHER = 1_200;
    private static final List<String> TOPICS = List.of("all", "some", "few");
    private static final List<String> GROUPS = List.of("red", "green", "blue");

    private final List<? extends MessageBus> nodes;
    private final long seed;
    private final Map<Long, Message> log = new ConcurrentSkipListMap<>();
    private final ExecutorService driver =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "completions-driver"));
    private volatile boolean calm; // frames are lost no more

    BusStress(List<? extends MessageBus> nodes, long seed) {
        this.nodes = nodes;
        this.seed = seed;
    }

    void run() throws InterruptedException {
        List<Client> clients = IntStream.range(0, CLIENTS).mapToObj(Client::new).toList();
        clients.forEach(Client::begin);
        List<Thread> publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(number -> new Thread(() -> publish(number)))
                .toList();
        publishers.forEach(Thread::start);
        for (Thread publisher : publishers) {
            publisher.join();
        }
        calm = true;
        try {
            for (Client client : clients) {
                List<String> expected = client.expected();
                await("seed " + seed + ", " + client.id)
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> client.received().size() >= expected.size());
                assertThat(client.received()).as("seed %d, %s", seed, client.id).isEqualTo(expected);
                assertThat(client.trouble()).isEmpty();
            }
        } finally {
            driver.execute(() -> clients.forEach(Client::end));
            driver.shutdown();
            assertThat(driver.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void publish(int number) {
        Random random = new Random(seed * 31 + number);
        for (int i = 0; i < MESSAGES_PER_PUBLISHER; i++) {
            Message message = message(random, number + "." + i);
            MessageBus node = nodes.get(random.nextInt(nodes.size()));
            CompletionStage<Long> published = node.publish(message);
            log.put(published.toCompletableFuture().join(), message);
        }
    }

    private Message message(Random random, String text) {
        String client = "client" + random.nextInt(CLIENTS);
        String group = pick(random, GROUPS);
        return switch (random.nextInt(10)) {
            case 0 -> Message.of("c-" + client, new Command.Join(group, text));
            case 1 -> Message.of("c-" + client, new Command.Leave(group, text));
            case 2, 3, 4 -> payload(group, text, Set.of());
            case 5 -> payload(pick(random, TOPICS), text, Set.of(client.toUpperCase(Locale.ROOT), "nobody"));
            case 6 -> payload(pick(random, TOPICS), text, Set.of(group));
            case 7 -> payload("c-" + client, text, Set.of());
            default -> payload(pick(random, TOPICS), text, Set.of());
        };
    }

    private static Message payload(String topic, String text, Set<String> exclusions) {
        return Message.of(topic, text.getBytes(StandardCharsets.UTF_8), exclusions);
    }

    private static String text(Message message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One client over all its connections. What the client knows is guarded by this; what a connection knows is its own. */
    private final class Client {
        private final String id;
        private final Random random;
        private final Set<String> topics;
        private final List<String> received = new ArrayList<>();
        private final List<String> trouble = new ArrayList<>();
        private Optional<String> cursor = Optional.empty();
        private List<Membership> groups = List.of();
        private Optional<String> groupsIssuedAt = Optional.empty();
        private Subscription current;
        private boolean ended;

        Client(int number) {
            id = "client" + number;
            random = new Random(seed * 1_000 + number);
            topics = Set.of("c-" + id, pick(random, TOPICS));
        }

        /** The first frame is not lost: before it the client has no cursor and no claim. */
        void begin() {
            connect(true);
            await().pollInterval(Duration.ofMillis(2)).until(this::hasCursor);
        }

        private synchronized boolean hasCursor() {
            return cursor.isPresent();
        }

        private synchronized void connect(boolean touch) {
            if (ended) {
                return;
            }
            SubscriptionRequest request = new SubscriptionRequest(
                    id,
                    "c-" + id,
                    topics,
                    groups,
                    groupsIssuedAt,
                    cursor,
                    1 + random.nextInt(20),
                    OverflowPolicy.SKIP,
                    JoinPolicy.ANY);
            current = pick(random, nodes).subscribe(request, new Connection(groups));
            if (touch) {
                current.touch();
            }
        }

        private void reconnect() {
            driver.execute(() -> connect(false));
        }

        synchronized void end() {
            ended = true;
            current.close();
        }

        synchronized List<String> received() {
            return List.copyOf(received);
        }

        synchronized List<String> trouble() {
            return List.copyOf(trouble);
        }

        private synchronized void trouble(String what) {
            trouble.add(what);
        }

        /** What the log holds for this client, by its memberships at each message's offset. */
        List<String> expected() {
            List<String> expected = new ArrayList<>();
            Set<String> joined = new HashSet<>();
            log.forEach((offset, message) -> {
                if (message.command() instanceof Command.Join join
                        && message.topic().equals("c-" + id)) {
                    joined.add(join.topic());
                } else if (message.command() instanceof Command.Leave leave
                        && message.topic().equals("c-" + id)) {
                    joined.remove(leave.topic());
                } else if (!message.isCommand() && concerns(message, joined)) {
                    expected.add(text(message));
                }
            });
            return expected;
        }

        private boolean concerns(Message message, Set<String> joined) {
            boolean member = topics.contains(message.topic()) || joined.contains(message.topic());
            boolean excluded = message.exclusions().stream()
                    .anyMatch(exclusion ->
                            exclusion.equalsIgnoreCase(id) || topics.contains(exclusion) || joined.contains(exclusion));
            return member && !excluded;
        }

        /** One receive request, as the server sees it, with a network that may lose what it writes. */
        private final class Connection implements Subscriber {
            private Set<String> announced;
            private Subscription self;

            Connection(List<Membership> groups) {
                announced = topicsOf(groups);
            }

            @Override
            public void onAttached(Subscription subscription, Optional<Gap> missed) {
                self = subscription;
                missed.ifPresent(gap -> trouble("missed " + gap));
            }

            @Override
            public void onBatch(Batch batch) {
                synchronized (Client.this) {
                    if (cursor.isPresent() && !calm && random.nextInt(8) == 0) {
                        self.close(); // the frame is lost, and the client does not know
                        reconnect();
                        return;
                    }
                    hear(batch);
                    if (random.nextInt(6) == 0) {
                        self.close();
                        reconnect();
                    } else if (random.nextBoolean()) {
                        self.ready();
                    } else {
                        driver.execute(self::ready);
                    }
                }
            }

            private void hear(Batch batch) {
                batch.messages().forEach(message -> received.add(text(message)));
                cursor = Optional.of(batch.cursor());
                List<Membership> memberships = self.memberships();
                if (!topicsOf(memberships).equals(announced)) {
                    announced = topicsOf(memberships);
                    groups = memberships;
                    groupsIssuedAt = Optional.of(self.cursor());
                }
            }

            @Override
            public boolean onCommand(Command command, long offset) {
                return true;
            }

            @Override
            public void onGap(Gap gap) {
                trouble("gap " + gap);
            }

            @Override
            public void onDetached() {
                self = null;
            }
        }
    }

    private static Set<String> topicsOf(List<Membership> memberships) {
        return memberships.stream().map(Membership::topic).collect(Collectors.toSet());
    }
}
