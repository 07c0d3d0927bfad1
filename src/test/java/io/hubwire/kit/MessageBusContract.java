package io.hubwire.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.bus.BusEnvironment;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.LogMessageBus;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every message bus promises, over one log and one or more nodes. A new kind of log proves itself by extending this class. Tests publish on the last
 * node and subscribe on the first; on a single node both are the same.
 */
public abstract class MessageBusContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final FakeClock clock = new FakeClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final List<LogMessageBus> nodes = new ArrayList<>();
    private final List<Metrics> metrics = new ArrayList<>();
    private final List<TestSubscriber> subscribers = new ArrayList<>();
    private final List<TestSubscriber> witnesses = new ArrayList<>();
    private int settled;
    private ExecutorService completions;
    private LeakAudit audit;

    /** The logs of a new farm, one for each node, all over the same messages and empty. */
    protected abstract List<MessageLog> logs();

    /** Ends what {@link #logs} began; the logs have been closed by then. */
    protected void endLogs() {}

    @BeforeEach
    void begin() {
        audit = LeakAudit.ofThreads("test-bus", "completions", "shared-log");
        completions = Executors.newFixedThreadPool(2, task -> new Thread(task, "completions"));
    }

    @AfterEach
    void end() {
        nodes.forEach(LogMessageBus::close);
        endLogs();
        completions.shutdown();
        assertThat(subscribers)
                .allSatisfy(subscriber -> assertThat(subscriber.violations()).isEmpty())
                .allSatisfy(subscriber -> assertThat(subscriber.detached()).isEqualTo(1));
        assertThat(metrics).allSatisfy(each -> {
            assertThat(each.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT)).isZero();
            assertThat(each.value(Gauge.MESSAGE_BUS_ALLOCATED_WORKERS)).isZero();
            assertThat(each.value(Gauge.MESSAGE_BUS_BUSY_WORKERS)).isZero();
        });
        assertThat(timer.pending()).isZero();
        audit.verify();
    }

    /* --- order and completeness --- */

    @Test
    void publish_severalTopics_arriveInTheOrderOfTheLog() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a", "b", "c"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            publish(List.of("a", "b", "c").get(i * 7 % 3), "m" + i);
            expected.add("m" + i);
        }
        subscriber.awaitReceived("m299");
        assertThat(subscriber.received()).isEqualTo(expected);
    }

    @Test
    void publish_givesTheOffsetThatTheCursorNames() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a"));
        long offset = join(last().publish(message("a", "m")));
        subscriber.awaitReceived("m");
        assertThat(subscriber.<Long>ask(Subscription::position)).isEqualTo(offset);
    }

    @Test
    void publish_topicNobodySubscribesTo_isHeldForWhoeverComesBack() {
        start();
        String before = cursorNow();
        publish("later", "m1");
        settle();
        TestSubscriber subscriber = prompt(request("id").topics("later").cursor(before));
        subscriber.awaitReceived("m1");
        assertThat(subscriber.missed()).isEmpty();
    }

    @Test
    void subscribe_withoutCursor_getsOnlyWhatFollows() {
        start();
        publish("a", "before");
        settle();
        TestSubscriber subscriber = prompt(request("id").topics("a"));
        settle();
        publish("a", "after");
        subscriber.awaitReceived("after");
        assertThat(subscriber.received()).containsExactly("after");
        assertThat(subscriber.missed()).isEmpty();
    }

    @Test
    void subscribe_withCursor_goesOnExactlyThere() {
        start();
        TestSubscriber first = prompt(request("id").topics("a", "b"));
        publish("a", "m1");
        publish("b", "m2");
        first.awaitReceived("m2");
        String cursor = first.cursors().get(first.cursors().size() - 1);
        first.closeAndCursor();
        publish("b", "m3");
        publish("a", "m4");
        settle();
        TestSubscriber second = prompt(request("id").topics("a", "b").cursor(cursor));
        publish("a", "m5");
        second.awaitReceived("m5");
        assertThat(second.received()).containsExactly("m3", "m4", "m5");
        assertThat(second.missed()).isEmpty();
    }

    @Test
    void publish_twoPublishersAtOnce_allSeeTheSameOrder() throws InterruptedException {
        start();
        List<TestSubscriber> all = IntStream.range(0, 6)
                .mapToObj(i -> prompt(request("id" + i).topics("a", "b")))
                .toList();
        settle();
        Thread one = new Thread(() -> IntStream.range(0, 1000).forEach(i -> publish("a", "x" + i)));
        Thread two = new Thread(
                () -> IntStream.range(0, 1000).forEach(i -> nodes.get(0).publish(message("b", "y" + i))));
        one.start();
        two.start();
        one.join();
        two.join();
        settle();
        await().untilAsserted(() -> assertThat(all)
                .allSatisfy(subscriber -> assertThat(subscriber.received()).hasSize(2000)));
        List<String> order = all.get(0).received();
        assertThat(all)
                .allSatisfy(subscriber -> assertThat(subscriber.received()).isEqualTo(order));
        assertThat(order.stream().filter(text -> text.startsWith("x"))).containsExactlyElementsOf(numbered("x", 1000));
        assertThat(order.stream().filter(text -> text.startsWith("y"))).containsExactlyElementsOf(numbered("y", 1000));
    }

    /* --- groups --- */

    @Test
    void join_isInForceFromItsOwnOffset() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a"));
        settle();
        publish("room", "before");
        joinGroup("id", "room");
        publish("room", "after");
        subscriber.awaitReceived("after");
        assertThat(subscriber.story()).containsExactly("Join", "after");
        assertThat(subscriber.groups()).containsExactly("room");
    }

    @Test
    void join_frameLostBeforeTheReconnect_isFoundByTheReplay() {
        start();
        TestSubscriber first = prompt(request("id").topics("a"));
        publish("a", "m1");
        first.awaitReceived("m1");
        String cursor = first.cursors().get(0);
        publish("room", "before");
        joinGroup("id", "room");
        publish("room", "m2");
        first.awaitReceived("m2");
        first.closeAndCursor();
        publish("room", "m3");
        settle();

        TestSubscriber second = prompt(request("id").topics("a").cursor(cursor));
        second.awaitReceived("m3");
        assertThat(second.story()).containsExactly("Join", "m2", "m3");
        assertThat(second.groups()).containsExactly("room");
    }

    @Test
    void leave_whileBehind_earlierMessagesStillComeAndLaterOnesDoNot() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a"));
        settle();
        joinGroup("id", "room");
        publish("a", "m1");
        subscriber.awaitReceived("m1");
        publish("room", "m2");
        leaveGroup("id", "room");
        publish("room", "m3");
        publish("a", "m4");
        settle();
        assertThat(subscriber.groups()).as("as of the position").containsExactly("room");
        subscriber.written();
        subscriber.awaitReceived("m4");
        assertThat(subscriber.story()).containsExactly("Join", "m1", "Leave", "m2", "m4");
        assertThat(subscriber.groups()).isEmpty();
    }

    @Test
    void subscribe_leftSinceTheTokenWasIssued_isNoMember() {
        start();
        TestSubscriber first = prompt(request("id").topics("a"));
        settle();
        joinGroup("id", "room");
        String issuedAt = first.ask(Subscription::cursor);
        List<Membership> token = first.ask(Subscription::memberships);
        leaveGroup("id", "room");
        publish("a", "m1");
        first.awaitReceived("m1");
        String cursor = first.closeAndCursor();
        publish("room", "m2");
        settle();
        TestSubscriber second =
                prompt(request("id").topics("a").groups(issuedAt, token).cursor(cursor));
        publish("room", "m3");
        publish("a", "m4");
        second.awaitReceived("m4");
        assertThat(second.story()).containsExactly("m4");
        assertThat(second.groups()).isEmpty();
    }

    @Test
    void subscribe_withGroups_replayStartsNoEarlierThanTheJoin() {
        start();
        String cursor = cursorNow();
        publish("room", "before");
        TestSubscriber first = prompt(request("id"));
        settle();
        joinGroup("id", "room");
        publish("room", "after");
        first.awaitReceived("after");
        String issuedAt = first.ask(Subscription::cursor);
        List<Membership> token = first.ask(Subscription::memberships);
        first.closeAndCursor();
        TestSubscriber second = prompt(request("id").groups(issuedAt, token).cursor(cursor));
        second.awaitReceived("after");
        assertThat(second.story()).containsExactly("after");
        assertThat(second.groups()).containsExactly("room");
    }

    @Test
    void subscribe_groupsOfAnotherEpoch_wereJoinedBeforeThisLog() {
        start();
        publish("room", "before");
        settle();
        TestSubscriber subscriber = prompt(request("id")
                .groups("other-1000", List.of(new Membership("room", 999)))
                .cursor("other-1000"));
        settle();
        publish("room", "after");
        subscriber.awaitReceived("after");
        assertThat(subscriber.story()).containsExactly("after");
        assertThat(subscriber.groups()).containsExactly("room");
    }

    /* --- batches and slow readers --- */

    @Test
    void ready_insideOnBatch_doesNotRecurse() {
        start();
        String cursor = cursorNow();
        numbered("m", 900).forEach(text -> publish("a", text));
        settle();
        TestSubscriber subscriber =
                prompt(request("id").topics("a").cursor(cursor).maxMessages(1));
        subscriber.awaitReceived("m899");
        assertThat(subscriber.batches()).hasSize(900);
        assertThat(subscriber.received()).isEqualTo(numbered("m", 900));
    }

    @Test
    void onBatch_whileWriting_whatGathersLeavesAsOneBatch() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a", "b"));
        settle();
        publish("a", "m0");
        subscriber.awaitReceived("m0");
        for (int i = 1; i < 10; i++) {
            publish(i % 2 == 0 ? "a" : "b", "m" + i);
        }
        settle();
        assertThat(subscriber.batches()).hasSize(1);
        subscriber.written();
        subscriber.awaitReceived("m9");
        assertThat(subscriber.batches()).hasSize(2);
        assertThat(subscriber.received()).isEqualTo(numbered("m", 10));
    }

    @Test
    void slowReader_topicOverflows_isToldExactlyWhatIsLost() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber subscriber = slow(request("id").topics("a", "b"));
        settle();
        publish("a", "first");
        subscriber.awaitReceived("first");
        long from = subscriber.ask(Subscription::position);
        publish("b", "quiet");
        numbered("m", 100).forEach(text -> publish("a", text));
        settle();
        subscriber.written();
        subscriber.awaitReceived("m99");
        List<String> expected = new ArrayList<>(List.of("first", "gap", "quiet"));
        expected.addAll(numbered("m", 100).subList(68, 100));
        assertThat(subscriber.story()).isEqualTo(expected);
        Gap gap = subscriber.gaps().get(0);
        assertThat(gap.count()).hasValue(68);
        assertThat(gap.from().orElseThrow()).isGreaterThanOrEqualTo(from);
        assertThat(subscriber.gaps()).hasSize(1);
    }

    @Test
    void slowReader_policyDisconnect_isToldAndEnded() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber subscriber = slow(request("id").topics("a").overflow(OverflowPolicy.DISCONNECT));
        settle();
        publish("a", "first");
        subscriber.awaitReceived("first");
        numbered("m", 33).forEach(text -> publish("a", text));
        settle();
        timer.advance(Duration.ofSeconds(5)); // it never becomes writable, so only the sweep finds it
        subscriber.awaitDetached();
        assertThat(subscriber.story()).containsExactly("first", "gap");
        assertThat(subscriber.gaps().get(0).count()).hasValue(1);
    }

    /* --- the farm --- */

    /** Starts the nodes with the defaults of the original. */
    private void start() {
        start(builder -> builder);
    }

    private void start(UnaryOperator<BusConfig.Builder> change) {
        BusConfig config = change.apply(BusConfig.forTimeouts(DISCONNECT_TIMEOUT, KEEP_ALIVE)
                        .with()
                        .loops(2))
                .build();
        for (MessageLog log : logs()) {
            Metrics counted = new Metrics();
            metrics.add(counted);
            nodes.add(LogMessageBus.open(
                    log,
                    config,
                    new BusEnvironment(
                            "test-bus",
                            clock,
                            timer,
                            completions,
                            counted,
                            getClass().getClassLoader())));
        }
        nodes.forEach(node -> witnesses.addAll(witnessesOfEveryLoop(node, config.loops())));
    }

    private List<TestSubscriber> witnessesOfEveryLoop(MessageBus node, int loops) {
        Map<String, TestSubscriber> byLoop = new HashMap<>();
        for (int i = 0; byLoop.size() < loops; i++) {
            TestSubscriber witness = TestSubscriber.prompt(
                    node, request("witness-" + i).topics("witness").build());
            subscribers.add(witness.awaitAttached());
            if (byLoop.putIfAbsent(witness.loopName(), witness) != null) {
                witness.subscription().close();
            }
        }
        return List.copyOf(byLoop.values());
    }

    /** Every loop of every node has seen what was published before. */
    private void settle() {
        String marker = "settled-" + settled++;
        publish("witness", marker);
        witnesses.forEach(witness -> witness.awaitReceived(marker));
    }

    private MessageBus first() {
        return nodes.get(0);
    }

    private MessageBus last() {
        return nodes.get(nodes.size() - 1);
    }

    private void publish(String topic, String text) {
        join(last().publish(message(topic, text)));
    }

    private void joinGroup(String id, String group) {
        join(last().publishAcknowledged("c-" + id, new Command.Join(group, last().nextCommandId())));
    }

    private void leaveGroup(String id, String group) {
        join(last().publishAcknowledged("c-" + id, new Command.Leave(group, last().nextCommandId())));
    }

    private String cursorNow() {
        settle();
        return prompt(request("cursor-" + settled)).awaitAttached().closeAndCursor();
    }

    private TestSubscriber prompt(Request request) {
        return remember(TestSubscriber.prompt(first(), request.build()));
    }

    private TestSubscriber slow(Request request) {
        return remember(TestSubscriber.slow(first(), request.build()));
    }

    private TestSubscriber remember(TestSubscriber subscriber) {
        subscribers.add(subscriber);
        return subscriber;
    }

    private static Message message(String topic, String text, String... exclusions) {
        return Message.of(topic, text.getBytes(StandardCharsets.UTF_8), Set.of(exclusions));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static Request request(String identity) {
        return new Request(identity);
    }

    private static final class Request {
        private final String identity;
        private final Set<String> topics = new LinkedHashSet<>();
        private final List<Membership> groups = new ArrayList<>();
        private Optional<String> issuedAt = Optional.empty();
        private Optional<String> cursor = Optional.empty();
        private int maxMessages = 100;
        private OverflowPolicy overflow = OverflowPolicy.SKIP;

        Request(String identity) {
            this.identity = identity;
            topics.add("c-" + identity);
        }

        Request topics(String... more) {
            topics.addAll(List.of(more));
            return this;
        }

        Request groups(String issuedAtCursor, List<Membership> joined) {
            issuedAt = Optional.of(issuedAtCursor);
            groups.addAll(joined);
            return this;
        }

        Request cursor(String text) {
            cursor = Optional.of(text);
            return this;
        }

        Request maxMessages(int most) {
            maxMessages = most;
            return this;
        }

        Request overflow(OverflowPolicy policy) {
            overflow = policy;
            return this;
        }

        SubscriptionRequest build() {
            return new SubscriptionRequest(
                    identity, "c-" + identity, topics, groups, issuedAt, cursor, maxMessages, overflow);
        }
    }
}
