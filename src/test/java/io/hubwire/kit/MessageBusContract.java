package io.hubwire.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubwire.signalr.bus.BusConfig;
import io.hubwire.signalr.bus.BusEnvironment;
import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.BusSnapshot;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Cursor;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.JoinPolicy;
import io.hubwire.signalr.bus.LogMessageBus;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.MessageLog;
import io.hubwire.signalr.bus.OverflowPolicy;
import io.hubwire.signalr.bus.ReaderLag;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import io.hubwire.signalr.bus.TopicLoad;
import io.hubwire.signalr.concurrent.CompletionExecutor;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.TraceSources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every message bus promises, over one log and one or more nodes. A new kind of log proves itself by extending this class. Tests publish on the last
 * node and subscribe on the first; on a single node both are the same.
 */
public abstract class MessageBusContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration TAIL_AGE = BusConfig.minimumTailAge(DISCONNECT_TIMEOUT, KEEP_ALIVE);

    private final FakeClock clock = new FakeClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final List<LogMessageBus> nodes = new ArrayList<>();
    private final List<Metrics> metrics = new ArrayList<>();
    private final List<TestSubscriber> subscribers = new ArrayList<>();
    private final List<TestSubscriber> witnesses = new ArrayList<>();
    private int settled;
    private BusConfig config;
    private CompletionExecutor completions;
    private LeakAudit audit;

    /** The logs of a new farm, one for each node, all over the same messages and empty. */
    protected abstract List<MessageLog> logs();

    /** Ends what {@link #logs} began; the logs have been closed by then. */
    protected void endLogs() {}

    @BeforeEach
    void begin() {
        audit = LeakAudit.ofThreads("test-bus", "completions", "shared-log");
        completions = new CompletionExecutor("completions", 2, getClass().getClassLoader());
    }

    @AfterEach
    void end() {
        nodes.forEach(LogMessageBus::close);
        endLogs();
        completions.close();
        // A loop that closed its own bus, and the other loops with it, are still on their way out.
        await().pollDelay(Duration.ZERO).untilAsserted(() -> {
            assertThat(subscribers)
                    .allSatisfy(subscriber -> assertThat(subscriber.detached()).isEqualTo(1));
            assertThat(metrics).allSatisfy(each -> {
                assertThat(each.value(Gauge.MESSAGE_BUS_SUBSCRIBERS_CURRENT)).isZero();
                assertThat(each.value(Gauge.MESSAGE_BUS_ALLOCATED_WORKERS)).isZero();
                assertThat(each.value(Gauge.MESSAGE_BUS_BUSY_WORKERS)).isZero();
            });
        });
        assertThat(subscribers)
                .allSatisfy(subscriber -> assertThat(subscriber.violations()).isEmpty());
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

    @Test
    void onBatch_afterALeave_cursorIsWhereTheGroupsAreTrue() {
        start();
        TestSubscriber first = slow(request("id").topics("a"));
        settle();
        joinGroup("id", "room");
        first.subscription().touch();
        first.awaitBatches(1);
        publish("a", "m1");
        join(last().publish(message("a", "excluded", "room")));
        leaveGroup("id", "room");
        settle();
        first.written();
        first.awaitReceived("m1");
        String cursor = first.cursors().get(1);
        assertThat(cursor).isEqualTo(first.ask(Subscription::cursor));
        assertThat(first.groups()).isEmpty();
        first.closeAndCursor();

        TestSubscriber second =
                prompt(request("id").topics("a").groups(cursor, List.of()).cursor(cursor));
        publish("a", "m2");
        second.awaitReceived("m2");
        assertThat(second.story()).containsExactly("m2");
    }

    /* --- joins that are refused --- */

    @Test
    void join_atTheLimitAndOneMore_theLastFailsWithTheReasonAndNothingIsJoined() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a").joins(atMost(2)));
        settle();
        joinGroup("id", "one");
        joinGroup("id", "two");
        assertRefused(joining("id", "three"), "at most 2", "in 3");
        joinGroup("id", "two");
        publish("three", "not for us");
        publish("two", "m1");
        subscriber.awaitReceived("m1");
        assertThat(subscriber.story()).containsExactly("Join", "Join", "Join", "m1");
        assertThat(subscriber.groups()).containsExactly("one", "two");
        assertThat(metrics.get(0).refusals(Limit.GROUPS)).isEqualTo(1);
        leaveGroup("id", "one");
        joinGroup("id", "three");
        assertThat(subscriber.groups()).containsExactly("three", "two");
    }

    @Test
    void join_whileBehindAndOverTheLimit_isRefusedAtOnce() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a").joins(atMost(1)));
        publish("a", "m1");
        subscriber.awaitReceived("m1");
        publish("a", "m2");
        joinGroup("id", "one");
        assertRefused(joining("id", "two"), "at most 1", "in 2");
        subscriber.written();
        subscriber.awaitReceived("m2");
        assertThat(subscriber.groups()).containsExactly("one");
    }

    @Test
    void join_refusedBeforeTheReconnect_staysRefusedEvenWithMoreRoom() {
        start();
        TestSubscriber first = prompt(request("id").topics("a").joins(atMost(1)));
        String cursor = first.awaitAttached().ask(Subscription::cursor);
        joinGroup("id", "one");
        assertRefused(joining("id", "two"), "at most 1");
        first.closeAndCursor();
        publish("two", "not for us");
        publish("one", "m1");
        settle();

        TestSubscriber second = prompt(request("id").topics("a").cursor(cursor).joins(JoinPolicy.ANY));
        second.awaitReceived("m1");
        assertThat(second.story()).containsExactly("Join", "m1");
        assertThat(second.groups()).containsExactly("one");
    }

    @Test
    void join_afterAReconnectWithGroupsAtTheLimit_isRefused() {
        start();
        TestSubscriber first = prompt(request("id").joins(atMost(2)));
        settle();
        joinGroup("id", "one");
        joinGroup("id", "two");
        String issuedAt = first.ask(Subscription::cursor);
        List<Membership> token = first.ask(Subscription::memberships);
        String cursor = first.closeAndCursor();

        TestSubscriber second =
                prompt(request("id").groups(issuedAt, token).cursor(cursor).joins(atMost(2)));
        settle();
        assertRefused(joining("id", "three"), "at most 2", "in 3");
        joinGroup("id", "one");
        assertThat(second.groups()).containsExactly("one", "two");
    }

    @Test
    void join_betweenTwoPollsAndOverTheLimit_isRefusedByTheNextPoll() {
        start();
        String cursor = cursorNow();
        CompletionStage<Void> one = joining("id", "one");
        CompletionStage<Void> two = joining("id", "two");
        settle();
        TestSubscriber poll = prompt(request("id").cursor(cursor).joins(atMost(1)));
        join(one);
        assertRefused(two, "at most 1", "in 2");
        assertThat(poll.groups()).containsExactly("one");
    }

    @Test
    void join_writingHasFailed_whatDoesNotFitIsLeftToTheReconnect() {
        start();
        TestSubscriber dead = prompt(request("id").joins(atMost(2)));
        String cursor = dead.awaitAttached().ask(Subscription::cursor);
        dead.subscription().failed();
        settle();
        joinGroup("id", "one");
        joinGroup("id", "two");
        leaveGroup("id", "one");
        joinGroup("id", "three");
        CompletionStage<Void> four = joining("id", "four");
        settle();
        assertThat(four.toCompletableFuture()).isNotDone();
        dead.closeAndCursor();

        TestSubscriber alive = prompt(request("id").cursor(cursor).joins(atMost(2)));
        assertRefused(four, "at most 2", "in 3");
        assertThat(alive.groups()).containsExactly("three", "two");
    }

    @Test
    void join_refusedByOneAndTakenByAnotherSubscriptionOfAClient_isTakenBack() {
        start();
        prompt(request("id").joins(atMost(0)));
        TestSubscriber roomy = prompt(request("id").joins(JoinPolicy.ANY));
        settle();
        assertRefused(joining("id", "one"), "at most 0");
        settle();
        publish("one", "not for us");
        settle();
        assertThat(roomy.story()).containsExactly("Join", "Leave");
        assertThat(roomy.groups()).isEmpty();
    }

    private static JoinPolicy atMost(int limit) {
        return groups -> groups.size() <= limit
                ? Optional.empty()
                : Optional.of("at most " + limit + " groups, this would be in " + groups.size());
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

    @Test
    void onBatch_sameMessages_isTheSameObjectForAllOfALoop() {
        start();
        Map<String, List<TestSubscriber>> byLoop = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            TestSubscriber subscriber = prompt(request("id" + i).topics("a")).awaitAttached();
            byLoop.computeIfAbsent(subscriber.loopName(), name -> new ArrayList<>())
                    .add(subscriber);
        }
        publish("a", "m");
        byLoop.values().forEach(ofOneLoop -> {
            ofOneLoop.forEach(subscriber -> subscriber.awaitReceived("m"));
            assertThat(ofOneLoop.stream()
                            .map(subscriber -> subscriber.batches().get(0))
                            .distinct())
                    .hasSize(1);
        });
    }

    @Test
    void touch_nothingUnread_givesAnEmptyBatchWithTheCursor() {
        start();
        TestSubscriber subscriber = prompt(request("id"));
        settle();
        subscriber.subscription().touch();
        subscriber.awaitBatches(1);
        assertThat(subscriber.batches().get(0).messages()).isEmpty();
        assertThat(subscriber.cursors().get(0)).isEqualTo(subscriber.ask(Subscription::cursor));
    }

    @Test
    void slowReader_floodedWithCommands_skipsAheadAndIsTold() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber subscriber = slow(request("id").topics("a"));
        settle();
        publish("a", "m0");
        subscriber.awaitReceived("m0");
        publish("a", "m1");
        for (int i = 0; i < 40; i++) {
            joinGroup("id", "room" + i);
        }
        settle();
        assertThat(subscriber.gaps()).singleElement().satisfies(gap -> assertThat(gap.count())
                .hasValue(1));
        assertThat(subscriber.commands()).hasSize(40);
        assertThat(subscriber.groups()).hasSize(40);
        subscriber.written();
        publish("a", "m2");
        subscriber.awaitReceived("m2");
        assertThat(subscriber.received()).containsExactly("m0", "m2");
    }

    @Test
    void cursorIsStale_logMovedAQuarterOfATopic_untilTouched() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber subscriber = prompt(request("id"));
        settle();
        subscriber.subscription().touch();
        subscriber.awaitBatches(1);
        assertThat(subscriber.<Boolean>ask(Subscription::cursorIsStale)).isFalse();
        numbered("m", 8).forEach(text -> publish("elsewhere", text));
        settle();
        assertThat(subscriber.<Boolean>ask(Subscription::cursorIsStale)).isTrue();
        subscriber.subscription().touch();
        subscriber.awaitBatches(2);
        assertThat(subscriber.<Boolean>ask(Subscription::cursorIsStale)).isFalse();
    }

    @Test
    void cursorIsStale_aQuarterOfTheAgeHasPassed_onlyIfTheLogMoved() {
        start();
        TestSubscriber subscriber = prompt(request("id"));
        settle();
        subscriber.subscription().touch();
        subscriber.awaitBatches(1);
        timer.advance(TAIL_AGE.dividedBy(4).plusSeconds(1));
        assertThat(subscriber.<Boolean>ask(Subscription::cursorIsStale)).isFalse();
        publish("elsewhere", "m");
        settle();
        timer.advance(TAIL_AGE.dividedBy(4));
        subscriber.subscription().execute(() -> {}); // a round, so that the loop reads the clock
        await().until(() -> subscriber.<Boolean>ask(Subscription::cursorIsStale));
    }

    /* --- exclusions --- */

    @Test
    void publish_excludingAConnection_itAloneDoesNotGetIt() {
        start();
        TestSubscriber caller = prompt(request("AbC-1").topics("a"));
        TestSubscriber other = prompt(request("other").topics("a"));
        settle();
        join(last().publish(message("a", "m1", "aBc-1")));
        publish("a", "m2");
        caller.awaitReceived("m2");
        other.awaitReceived("m2");
        assertThat(caller.received()).containsExactly("m2");
        assertThat(other.received()).containsExactly("m1", "m2");
    }

    @Test
    void publish_excludingATopicOrAGroup_itsMembersDoNotGetIt() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a", "b"));
        settle();
        joinGroup("id", "room");
        join(last().publish(message("a", "m1", "b")));
        join(last().publish(message("a", "m2", "c-id")));
        join(last().publish(message("a", "m3", "room")));
        join(last().publish(message("a", "m4", "B", "Room", "nobody", "1", "2", "3", "4", "5")));
        join(last().publish(message("a", "m5", "room", "nobody", "1", "2", "3", "4", "5")));
        publish("a", "m6");
        subscriber.awaitReceived("m6");
        assertThat(subscriber.received()).containsExactly("m4", "m6");
    }

    @Test
    void publish_excludingAGroupLeftSince_goesByTheMembershipAtItsOffset() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a"));
        settle();
        joinGroup("id", "room");
        publish("a", "m0");
        subscriber.awaitReceived("m0");
        join(last().publish(message("a", "m1", "room")));
        leaveGroup("id", "room");
        join(last().publish(message("a", "m2", "room")));
        settle();
        subscriber.written();
        subscriber.awaitReceived("m2");
        assertThat(subscriber.received()).containsExactly("m0", "m2");
    }

    @Test
    void publish_excludedOnly_movesThePositionSilently() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a"));
        settle();
        long offset = join(last().publish(message("a", "m1", "id")));
        settle();
        await().until(() -> subscriber.<Long>ask(Subscription::position) >= offset);
        assertThat(subscriber.batches()).isEmpty();
    }

    /* --- gaps of those who come back --- */

    @Test
    void subscribe_topicOverflowedSince_isToldTheExactCount() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber first = prompt(request("id").topics("a"));
        publish("a", "seen");
        first.awaitReceived("seen");
        String cursor = first.closeAndCursor();
        List<Long> offsets = new ArrayList<>();
        numbered("m", 50).forEach(text -> offsets.add(join(last().publish(message("a", text)))));
        settle();
        TestSubscriber second = prompt(request("id").topics("a").cursor(cursor));
        second.awaitReceived("m49");
        assertThat(second.received()).isEqualTo(numbered("m", 50).subList(18, 50));
        assertThat(second.missed()).hasValueSatisfying(gap -> {
            assertThat(gap.from()).hasValue(Cursor.parse(cursor).orElseThrow().offset());
            assertThat(gap.to()).isEqualTo(offsets.get(17));
            assertThat(gap.count()).hasValue(18);
        });
    }

    @Test
    void subscribe_overflowedBeyondCounting_isToldWithoutACount() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber first = prompt(request("id").topics("a"));
        publish("a", "seen");
        first.awaitReceived("seen");
        String cursor = first.closeAndCursor();
        numbered("m", 100).forEach(text -> publish("a", text));
        settle();
        TestSubscriber second = prompt(request("id").topics("a").cursor(cursor));
        second.awaitReceived("m99");
        assertThat(second.missed())
                .hasValueSatisfying(gap -> assertThat(gap.count()).isEmpty());
    }

    @Test
    void subscribe_otherTopicsOverflowed_noGap() {
        start(config -> config.messageBufferSize(32));
        String cursor = cursorNow();
        publish("mine", "m");
        numbered("x", 200).forEach(text -> publish("other", text));
        settle();
        TestSubscriber subscriber = prompt(request("id").topics("mine").cursor(cursor));
        subscriber.awaitReceived("m");
        assertThat(subscriber.missed()).isEmpty();
    }

    @Test
    void subscribe_tailOverflowedInBytes_oldestOfAllTopicsAreLost() {
        start(config -> config.maxMessageBytes(2_000).tailBytes(10_000));
        String cursor = cursorNow();
        publish("mine", "lost");
        for (int i = 0; i < 10; i++) {
            publish("other" + i, "x".repeat(1_500));
            settle(); // or the backlog is over its limit, which is the same number of bytes
        }
        publish("mine", "kept");
        settle();
        TestSubscriber subscriber = prompt(request("id").topics("mine").cursor(cursor));
        subscriber.awaitReceived("kept");
        assertThat(subscriber.received()).containsExactly("kept");
        assertThat(subscriber.missed()).isPresent();
    }

    @Test
    void subscribe_topicVanishedWithItsMessages_stillKnowsTheGap() {
        start(config -> config.maxMessageBytes(2_000).tailBytes(10_000));
        String before = cursorNow();
        publish("mine", "lost");
        String after = cursorNow();
        for (int i = 0; i < 10; i++) {
            publish("other", "x".repeat(1_500));
            settle();
        }
        settle();
        assertThat(prompt(request("id1").topics("mine").cursor(before))
                        .awaitAttached()
                        .missed())
                .isPresent();
        assertThat(prompt(request("id2").topics("mine").cursor(after))
                        .awaitAttached()
                        .missed())
                .isEmpty();
    }

    @Test
    void subscribe_messageOutlivedItsAge_isAGap() {
        start();
        TestSubscriber holder = prompt(request("holder").topics("mine"));
        String before = cursorNow();
        publish("mine", "old");
        settle();
        String after = cursorNow();
        timer.advance(TAIL_AGE.plusSeconds(1));
        publish("mine", "young");
        settle();
        TestSubscriber lossy = prompt(request("id1").topics("mine").cursor(before));
        TestSubscriber whole = prompt(request("id2").topics("mine").cursor(after));
        lossy.awaitReceived("young");
        whole.awaitReceived("young");
        assertThat(lossy.missed()).isPresent();
        assertThat(whole.missed()).isEmpty();
        assertThat(whole.received()).containsExactly("young");
        assertThat(holder.received()).containsExactly("old", "young");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "d-C6243495-A,0|B,0", "1-1", "zzzzzzzzzzzzz-zzzzzzzzzzzzz", "%00", "-", "1--1"})
    void subscribe_cursorThatMakesNoSense_isFromNowWithAGapOfUnknownSize(String cursor) {
        start();
        publish("a", "before");
        settle();
        TestSubscriber subscriber = prompt(request("id").topics("a").cursor(cursor));
        settle();
        publish("a", "after");
        subscriber.awaitReceived("after");
        assertThat(subscriber.received()).containsExactly("after");
        assertThat(subscriber.missed()).hasValueSatisfying(gap -> {
            assertThat(gap.from()).isEmpty();
            assertThat(gap.count()).isEmpty();
        });
    }

    @Test
    void cursorIsStale_cursorMadeNoSense_fromTheStart() {
        start();
        TestSubscriber subscriber = prompt(request("id").cursor("nonsense")).awaitAttached();
        assertThat(subscriber.<Boolean>ask(Subscription::cursorIsStale)).isTrue();
    }

    @Test
    void subscribe_cursorNewerThanTheLog_isFromNowWithAGapOfUnknownSize() {
        start();
        publish("a", "before");
        settle();
        Cursor now = Cursor.parse(cursorNow()).orElseThrow();
        TestSubscriber subscriber =
                prompt(request("id").topics("a").cursor(new Cursor(now.epoch(), now.offset() + 1_000_000).text()));
        settle(); // it has arrived, and may wait for the log to get there
        publish("a", "after");
        settle();
        timer.advance(Duration.ofSeconds(6));
        subscriber.awaitReceived("after");
        assertThat(subscriber.received()).containsExactly("after");
        assertThat(subscriber.missed())
                .hasValueSatisfying(gap -> assertThat(gap.from()).isEmpty());
    }

    /* --- commands and acknowledgements --- */

    @Test
    void onCommand_whileWriting_initializeAndAbortComeAtOnce() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a"));
        settle();
        publish("a", "m1");
        subscriber.awaitReceived("m1");
        publish("a", "m2");
        join(last().publish(Message.of("c-id", new Command.Initialize())));
        join(last().publish(Message.of("c-id", new Command.Abort())));
        subscriber.awaitCommand(new Command.Abort());
        assertThat(subscriber.story()).containsExactly("m1", "Initialize", "Abort");
        subscriber.written();
        subscriber.awaitReceived("m2");
    }

    @Test
    void onCommand_replayed_comesInItsPlace() {
        start();
        String cursor = cursorNow();
        publish("a", "m1");
        join(last().publish(Message.of("c-id", new Command.Initialize())));
        publish("a", "m2");
        settle();
        TestSubscriber subscriber =
                prompt(request("id").topics("a").cursor(cursor).maxMessages(1));
        subscriber.awaitReceived("m2");
        assertThat(subscriber.story().subList(0, 2)).isSubsetOf("m1", "Initialize");
        assertThat(subscriber.story()).containsExactly("m1", "Initialize", "m2");
    }

    @Test
    void failed_commandsGoOnPayloadsDoNot() {
        start();
        TestSubscriber subscriber = slow(request("id").topics("a"));
        settle();
        joinGroup("id", "room");
        publish("a", "m1");
        subscriber.awaitReceived("m1");
        publish("a", "m2");
        settle();
        subscriber.subscription().failed();
        long position = subscriber.ask(Subscription::position);
        publish("a", "m3");
        publish("c-id", "m4");
        joinGroup("id", "other");
        leaveGroup("id", "room");
        join(last().publish(Message.of("c-id", new Command.Abort())));
        subscriber.awaitCommand(new Command.Abort());
        subscriber.written();
        settle();
        assertThat(subscriber.received()).containsExactly("m1");
        assertThat(subscriber.<Long>ask(Subscription::position)).isEqualTo(position);
        assertThat(subscriber.story()).containsExactly("Join", "m1", "Join", "Leave", "Abort");
    }

    @Test
    void publishAcknowledged_nobodyThere_isCancelledAtTheTimeout() {
        start();
        CompletableFuture<Void> waiting = last().publishAcknowledged(
                        "c-nobody", new Command.Join("room", last().nextCommandId()))
                .toCompletableFuture();
        settle();
        timer.advance(Duration.ofSeconds(29));
        assertThat(waiting).isNotDone();
        timer.advance(Duration.ofSeconds(6));
        assertThat(waiting).failsWithin(PATIENCE);
        assertThat(waiting).isCancelled();
    }

    @Test
    void publishAcknowledged_clientBetweenTwoPolls_nextPollAcknowledges() {
        start();
        String cursor = cursorNow();
        CompletionStage<Void> waiting =
                last().publishAcknowledged("c-id", new Command.Join("room", last().nextCommandId()));
        settle();
        TestSubscriber subscriber = prompt(request("id").cursor(cursor));
        join(waiting);
        subscriber.awaitAttached();
        assertThat(subscriber.groups()).containsExactly("room");
    }

    @Test
    void publishAcknowledged_callerGivesUp_lateAcknowledgementIsIgnored() {
        start();
        CompletableFuture<Void> waiting = last().publishAcknowledged(
                        "c-id", new Command.Join("room", last().nextCommandId()))
                .toCompletableFuture();
        assertThat(waiting.cancel(false)).isTrue();
        settle();
        TestSubscriber subscriber = prompt(request("id"));
        settle();
        joinGroup("id", "room");
        assertThat(subscriber.awaitAttached().groups()).containsExactly("room");
    }

    @Test
    void publishAcknowledged_completesOffTheLoops() {
        start();
        prompt(request("id"));
        settle();
        AtomicReference<String> thread = new AtomicReference<>();
        CompletionStage<Void> named = last().publishAcknowledged(
                        "c-id", new Command.Join("room", last().nextCommandId()))
                .thenRun(() -> thread.set(Thread.currentThread().getName()));
        join(named);
        assertThat(thread.get()).doesNotStartWith("test-bus");
    }

    @Test
    void publishAcknowledged_payload_isRefused() {
        start();
        assertThatThrownBy(() -> last().publishAcknowledged("c-id", new Command.Abort()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Abort");
    }

    @Test
    void publishAcknowledged_fiftyCallsThatBlockOnOneThread_allGetThrough() throws InterruptedException {
        start();
        prompt(request("id"));
        settle();
        ExecutorService hubThread = Executors.newSingleThreadExecutor(task -> new Thread(task, "completions-hub"));
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            String group = "room" + i;
            hubThread.execute(() -> {
                joinGroup("id", group);
                done.countDown();
            });
        }
        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        hubThread.shutdown();
    }

    @Test
    void publishAcknowledged_continuationsThatWaitForAnother_allGetThrough() throws InterruptedException {
        start();
        prompt(request("id"));
        settle();
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            String group = "room" + i;
            last().publishAcknowledged("c-id", new Command.Join(group, last().nextCommandId()))
                    .thenRun(() -> {
                        leaveGroup("id", group);
                        done.countDown();
                    });
        }
        assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /* --- limits --- */

    private long refusals(Limit limit) {
        return metrics.stream().mapToLong(node -> node.refusals(limit)).sum();
    }

    @Test
    void publish_messageOverTheLimit_isRefusedWithBothNumbers() {
        start(config -> config.maxMessageBytes(100));
        join(last().publish(message("a", "x".repeat(99))));
        assertRefused(last().publish(message("a", "x".repeat(100))), "101 bytes", "limit of 100");
        assertRefused(last().publish(message("a", "x".repeat(95), "12345")), "101 bytes", "limit of 100");
        assertThat(refusals(Limit.MESSAGE_SIZE)).isEqualTo(2);
    }

    @Test
    void publish_topicOverTheLimit_isRefusedAndKnownOnesAreNot() {
        start(config -> config.maxTopics(20));
        settle();
        int room = 20 - 2; // each loop has a witness, with two topics
        for (int i = 0; i < room; i++) {
            publish("t" + i, "m");
            settle();
        }
        assertRefused(last().publish(message("one-more", "m")), "limit of 20 topics");
        assertRefused(last().publish(Message.of("t0", new Command.Join("one-more", "id"))), "limit of 20 topics");
        publish("t0", "m");
        assertThatThrownBy(() -> IntStream.range(0, 40)
                        .forEach(i -> prompt(request("id" + i).topics("t0"))))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("limit of 20 topics");
        assertThat(refusals(Limit.TOPICS)).isEqualTo(3);
    }

    @Test
    void publish_deliveryBehindByTheLimit_isRefusedAndGoesOnLater() {
        start(config -> config.maxBacklog(10).loops(1));
        CountDownLatch release = new CountDownLatch(1);
        TestSubscriber blocker = remember(TestSubscriber.reacting(
                last(), request("blocker").topics("block").build(), (event, self) -> {
                    if (event.equals("onBatch")) {
                        awaitQuietly(release);
                    }
                }));
        settle();
        publish("block", "m");
        blocker.awaitReceived("m");
        for (int i = 0; i < 10; i++) {
            publish("a", "m" + i);
        }
        await().untilAsserted(() -> assertRefused(last().publish(message("a", "m")), "limit of 10 messages"));
        assertThat(refusals(Limit.BACKLOG)).isPositive();
        release.countDown();
        await().until(() -> accepted(last().publish(message("a", "m"))));
    }

    @Test
    void publishAcknowledged_oneMoreThanMayWait_isRefused() {
        start(config -> config.maxPendingAcknowledgements(3));
        for (int i = 0; i < 3; i++) {
            CompletionStage<Void> waiting =
                    last().publishAcknowledged("c-nobody", new Command.Join("room", last().nextCommandId()));
            assertThat(waiting.toCompletableFuture()).isNotCompletedExceptionally();
        }
        assertRefused(
                last().publishAcknowledged("c-nobody", new Command.Leave("room", last().nextCommandId())),
                "limit of 3");
        assertThat(refusals(Limit.PENDING_ACKNOWLEDGEMENTS)).isEqualTo(1);
        timer.advance(Duration.ofSeconds(35));
        TestSubscriber subscriber = prompt(request("id"));
        await().until(() ->
                accepted(last().publishAcknowledged("c-id", new Command.Join("room", last().nextCommandId()))));
        assertThat(subscriber.groups()).containsExactly("room");
    }

    /* --- what operators see --- */

    @Test
    void inspect_readerThatDoesNotRead_isFurthestBehind() {
        start();
        TestSubscriber slow = slow(request("slow").topics("a")).awaitAttached();
        TestSubscriber quick = prompt(request("quick").topics("a")).awaitAttached();
        publish("a", "m0"); // is being written
        slow.awaitReceived("m0");
        publish("a", "m1");
        publish("a", "m2");
        quick.awaitReceived("m2");
        settle();

        BusSnapshot snapshot = join(first().inspect(10, 10));

        assertThat(snapshot.behind()).isEqualTo(1);
        ReaderLag lag = snapshot.furthestBehind().get(0);
        assertThat(lag.identity()).isEqualTo("slow");
        assertThat(lag.messages()).isEqualTo(2);
        assertThat(lag.bytes()).isPositive();
        assertThat(first().subscribers("a")).isEqualTo(2);
        assertThat(snapshot.retainedBytes()).isPositive();
        slow.written();
        slow.awaitReceived("m2");
    }

    @Test
    void inspect_moreThanAreListed_listsTheLargestFirst() {
        start();
        for (int i = 0; i < 600; i++) { // more than a loop walks over at a time
            publish("small-" + i, "m");
        }
        publish("large", "m1");
        publish("large", "m2");
        publish("large", "m3");
        publish("middle", "m1");
        publish("middle", "m2");
        prompt(request("one").topics("popular")).awaitAttached();
        prompt(request("two").topics("popular")).awaitAttached();
        prompt(request("three").topics("popular")).awaitAttached();
        settle();

        BusSnapshot snapshot = join(first().inspect(2, 0));

        assertThat(snapshot.mostRetained())
                .containsExactly(new TopicLoad("large", 0, 3), new TopicLoad("middle", 0, 2));
        assertThat(snapshot.mostSubscribed()).first().isEqualTo(new TopicLoad("popular", 3, 0));
        assertThat(snapshot.topics()).isGreaterThan(600);
        assertThat(snapshot.furthestBehind()).isEmpty();
    }

    @Test
    void inspect_afterTheEnd_completes() {
        start();
        nodes.forEach(MessageBus::close);

        assertThat(join(first().inspect(10, 10)).topics()).isZero();
    }

    /* --- endings --- */

    @Test
    void close_onTheLoop_isOverWhenItReturns() {
        start();
        AtomicInteger detachedInside = new AtomicInteger(-1);
        AtomicReference<TestSubscriber> self = new AtomicReference<>();
        TestSubscriber subscriber = remember(
                TestSubscriber.reacting(first(), request("id").topics("a").build(), (event, subscription) -> {
                    if (event.equals("onBatch")) {
                        subscription.close();
                        subscription.close();
                        detachedInside.set(self.get().detached());
                    }
                }));
        self.set(subscriber);
        settle();
        publish("a", "m1");
        subscriber.awaitDetached();
        publish("a", "m2");
        settle();
        assertThat(detachedInside.get()).isEqualTo(1);
        assertThat(subscriber.received()).containsExactly("m1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onAttached", "onBatch", "onCommand", "onDetached"})
    void callback_throws_thatSubscriptionEndsAndOthersGoOn(String event) {
        start();
        TestSubscriber good = prompt(request("id").topics("a"));
        TestSubscriber bad = remember(TestSubscriber.throwingIn(
                event, first(), request("id").topics("a").build()));
        settle();
        join(last().publish(Message.of("c-id", new Command.Initialize())));
        publish("a", "m");
        good.awaitReceived("m");
        if (event.equals("onDetached")) {
            bad.subscription().close();
        }
        bad.awaitDetached();
        publish("a", "last");
        good.awaitReceived("last");
        assertThat(metrics.get(0).value(Counter.ERRORS_ALL)).isEqualTo(1);
    }

    @Test
    void onGap_throws_thatSubscriptionEnds() {
        start(config -> config.messageBufferSize(32));
        TestSubscriber bad = remember(TestSubscriber.reacting(
                first(), request("id").topics("a").maxMessages(1).build(), (event, self) -> {
                    if (event.equals("onBatch")) { // on the loop: what is published now overflows before it can be read
                        numbered("m", 40).forEach(text -> last().publish(message("a", text)));
                    } else if (event.equals("onGap")) {
                        throw new IllegalStateException("planted in onGap");
                    }
                }));
        settle();
        publish("a", "first");
        bad.awaitDetached();
        assertThat(bad.story()).endsWith("gap");
    }

    @Test
    void execute_taskThrows_subscriptionEnds() {
        start();
        TestSubscriber subscriber = prompt(request("id"));
        subscriber.subscription().execute(() -> {
            throw new IllegalStateException("planted");
        });
        subscriber.awaitDetached();
    }

    @Test
    void close_bus_endsEverySubscriptionAndEveryWait() {
        start();
        TestSubscriber subscriber = prompt(request("id").topics("a"));
        settle();
        CompletableFuture<Void> waiting = first().publishAcknowledged(
                        "c-nobody", new Command.Join("room", first().nextCommandId()))
                .toCompletableFuture();
        first().close();
        first().close();
        assertThat(subscriber.detached()).isEqualTo(1);
        assertThat(waiting).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("closed");
        assertRefused(first().publish(message("a", "m")), "closed");
        assertThatThrownBy(() -> first().subscribe(request("late").build(), subscriber))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("closed");
        subscriber.subscription().ready();
        subscriber.subscription().touch();
        subscriber.subscription().execute(() -> {});
    }

    @Test
    void close_bus_byASubscriberOnTheLoop_doesNotWaitForItself() {
        start();
        TestSubscriber subscriber = remember(
                TestSubscriber.reacting(first(), request("id").topics("a").build(), (event, self) -> {
                    if (event.equals("onBatch")) {
                        first().close();
                    }
                }));
        settle();
        join(first().publish(message("a", "m")));
        subscriber.awaitDetached();
    }

    /* --- races --- */

    @Test
    void subscribe_whilePublishing_nothingTwiceNothingMissed() throws InterruptedException {
        start();
        String cursor = cursorNow();
        for (int round = 0; round < 60; round++) {
            String topic = "t" + round;
            Thread publisher =
                    new Thread(() -> numbered("m", 40).forEach(text -> last().publish(message(topic, text))));
            publisher.start();
            TestSubscriber subscriber =
                    prompt(request("id" + round).topics(topic).cursor(cursor));
            publisher.join();
            subscriber.awaitReceived("m39");
            assertThat(subscriber.received()).isEqualTo(numbered("m", 40));
            subscriber.subscription().close();
        }
    }

    @Test
    void longPolling_subscribeOneBatchClose_noLossNoDuplicate() throws InterruptedException {
        start(config -> config.messageBufferSize(3_000)); // the publisher may be far ahead of the first poll
        String cursor = cursorNow();
        Thread publisher = new Thread(
                () -> IntStream.range(0, 3_000).forEach(i -> last().publish(message(i % 3 == 0 ? "a" : "b", "m" + i))));
        publisher.start();
        List<String> received = new ArrayList<>();
        Random node = new Random(7);
        while (received.size() < 3_000) {
            MessageBus any = nodes.get(node.nextInt(nodes.size()));
            TestSubscriber poll = remember(TestSubscriber.slow(
                    any, request("id").topics("a", "b").cursor(cursor).build()));
            poll.awaitBatches(1);
            poll.subscription().close();
            received.addAll(poll.received());
            cursor = poll.cursors().get(0);
            assertThat(poll.missed()).isEmpty();
        }
        publisher.join();
        assertThat(received).isEqualTo(numbered("m", 3_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void clientsThatComeAndGo_getExactlyWhatTheModelSays(long seed) throws InterruptedException {
        start(config -> config.messageBufferSize(20_000));
        settle();
        new BusStress(nodes, seed).run();
    }

    @Test
    void close_duringEverything_everySubscriberIsDetachedOnce() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<LogMessageBus> farm = open(UnaryOperator.identity());
            MessageBus bus = farm.get(0);
            Thread publisher =
                    new Thread(() -> IntStream.range(0, 2_000).forEach(i -> bus.publish(message("a", "m" + i))));
            Thread joiner = new Thread(() -> IntStream.range(0, 200)
                    .forEach(i ->
                            bus.publishAcknowledged("c-id" + i % 10, new Command.Join("r" + i, bus.nextCommandId()))));
            Thread opener = new Thread(() -> openAndClose(bus, 200));
            List<Thread> threads = List.of(publisher, joiner, opener);
            threads.forEach(Thread::start);
            farm.forEach(LogMessageBus::close);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        start(); // for the audit
    }

    private void openAndClose(MessageBus bus, int count) {
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            try {
                TestSubscriber subscriber = TestSubscriber.prompt(
                        bus, request("id" + i % 10).topics("a").build());
                synchronized (subscribers) {
                    subscribers.add(subscriber);
                }
                if (random.nextBoolean()) {
                    subscriber.subscription().failed();
                }
                if (random.nextBoolean()) {
                    subscriber.subscription().close();
                }
            } catch (BusException closed) {
                assertThat(closed).hasMessageContaining("closed");
                return;
            }
        }
    }

    /* --- the farm --- */

    /** Starts the nodes with the defaults of the original. */
    private void start() {
        start(builder -> builder);
    }

    private void start(UnaryOperator<BusConfig.Builder> change) {
        nodes.addAll(open(change));
        nodes.forEach(node -> witnesses.addAll(witnessesOfEveryLoop(node, config.loops())));
    }

    private List<LogMessageBus> open(UnaryOperator<BusConfig.Builder> change) {
        config = change.apply(BusConfig.forTimeouts(DISCONNECT_TIMEOUT, KEEP_ALIVE)
                        .with()
                        .loops(2))
                .build();
        List<LogMessageBus> opened = new ArrayList<>();
        for (MessageLog log : logs()) {
            Metrics counted = new Metrics();
            metrics.add(counted);
            opened.add(LogMessageBus.open(
                    log,
                    config,
                    new BusEnvironment(
                            "test-bus",
                            clock,
                            timer,
                            completions,
                            counted,
                            getClass().getClassLoader(),
                            TraceSources.unheard())));
        }
        return opened;
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
        join(joining(id, group));
    }

    private CompletionStage<Void> joining(String id, String group) {
        return last().publishAcknowledged("c-" + id, new Command.Join(group, last().nextCommandId()));
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
        synchronized (subscribers) {
            subscribers.add(subscriber);
        }
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

    private static boolean accepted(CompletionStage<?> stage) {
        try {
            join(stage);
            return true;
        } catch (CompletionException refused) {
            return false;
        }
    }

    private static void assertRefused(CompletionStage<?> stage, String... texts) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(BusException.class)
                .withMessageContainingAll(texts);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        private JoinPolicy joins = JoinPolicy.ANY;

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

        Request joins(JoinPolicy policy) {
            joins = policy;
            return this;
        }

        SubscriptionRequest build() {
            return new SubscriptionRequest(
                    identity, "c-" + identity, topics, groups, issuedAt, cursor, maxMessages, overflow, joins);
        }
    }
}
