package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.kit.FakeClock;
import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.ManualTimer;
import io.hubwire.kit.SharedLog;
import io.hubwire.kit.TestSubscriber;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.TraceSources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that comes from a node that is ahead, a node that begins later, a log that cannot be opened. */
class LaggingNodeTest {
    private final LeakAudit audit = LeakAudit.ofThreads("lagging-bus", "shared-log");
    private final FakeClock clock = new FakeClock();
    private final ManualTimer timer = new ManualTimer(clock);
    private final SharedLog log = new SharedLog(42);
    private final SharedLog.Node aheadLog = log.node();
    private final SharedLog.Node behindLog = log.node();
    private final LogMessageBus ahead = open(aheadLog);
    private final LogMessageBus behind = open(behindLog);

    private LogMessageBus open(MessageLog of) {
        BusConfig config = BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));
        return LogMessageBus.open(
                of,
                config,
                new BusEnvironment(
                        "lagging-bus",
                        clock,
                        timer,
                        ForkJoinPool.commonPool(),
                        new Metrics(),
                        getClass().getClassLoader(),
                        TraceSources.unheard()));
    }

    @AfterEach
    void end() {
        ahead.close();
        behind.close();
        log.close();
        assertThat(timer.pending()).isZero();
        audit.verify();
    }

    @Test
    void subscribe_cursorOfANodeThatIsAhead_waitsAndGoesOnWithoutAGap() {
        behindLog.pause();
        String cursor = readOn(ahead, "m1");
        TestSubscriber subscriber = TestSubscriber.prompt(behind, request(Optional.of(cursor)));
        publish("m2");
        behindLog.resume();
        subscriber.awaitReceived("m2");
        assertThat(subscriber.received()).containsExactly("m2");
        assertThat(subscriber.missed()).isEmpty();
        subscriber.closeAndCursor();
    }

    @Test
    void subscribe_nodeStaysBehind_afterSomePatienceFromNowAndTold() {
        behindLog.pause();
        String cursor = readOn(ahead, "m1");
        TestSubscriber subscriber = TestSubscriber.prompt(behind, request(Optional.of(cursor)));
        subscriber.ask(Subscription::position); // it has arrived
        timer.advance(Duration.ofSeconds(5));
        subscriber.awaitAttached();
        assertThat(subscriber.missed())
                .hasValueSatisfying(gap -> assertThat(gap.from()).isEmpty());
        behindLog.resume();
        subscriber.awaitReceived("m1");
        subscriber.closeAndCursor();
    }

    @Test
    void close_whileWaitingForTheHead_detachesAtOnce() {
        behindLog.pause();
        String cursor = readOn(ahead, "m1");
        TestSubscriber subscriber = TestSubscriber.prompt(behind, request(Optional.of(cursor)));
        subscriber.ask(Subscription::position);
        subscriber.subscription().close();
        subscriber.awaitDetached();
        behindLog.resume();
        readOn(behind, "m2");
        assertThat(subscriber.story()).isEmpty();
        assertThat(subscriber.violations()).isEmpty();
    }

    @Test
    void failed_whileWaitingForTheHead_commandsOnlyFromTheStart() {
        behindLog.pause();
        String cursor = readOn(ahead, "m1");
        TestSubscriber subscriber = TestSubscriber.prompt(behind, request(Optional.of(cursor)));
        subscriber.subscription().failed();
        publish("m2");
        CompletionStage<Void> acknowledged =
                ahead.publishAcknowledged("c-id", new Command.Join("room", ahead.nextCommandId()));
        behindLog.resume();
        assertThat(acknowledged.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
        subscriber.ask(Subscription::position);
        assertThat(subscriber.story()).containsExactly("Join");
        subscriber.closeAndCursor();
    }

    @Test
    void subscribe_onANodeThatBeganLater_knowsThatItDoesNotKnow() {
        String old = readOn(ahead, "m1");
        publish("m2");
        readOn(ahead, "m3");
        LogMessageBus late = open(log.node());
        TestSubscriber subscriber = TestSubscriber.prompt(late, request(Optional.of(old)));
        subscriber.awaitAttached();
        long from = Cursor.parse(old).orElseThrow().offset();
        assertThat(subscriber.missed()).hasValueSatisfying(gap -> {
            assertThat(gap.from()).isEqualTo(OptionalLong.of(from));
            assertThat(gap.count()).isEmpty();
        });
        late.close();
    }

    @Test
    void open_logCannotFeed_leavesNothingRunning() {
        MessageLog broken = new MessageLog() {
            private final InMemoryLog inner = new InMemoryLog();

            @Override
            public Origin open() {
                return inner.open();
            }

            @Override
            public void feed(LogListener listener) {
                throw new IllegalStateException("planted");
            }

            @Override
            public CompletionStage<Long> append(Message message) {
                return inner.append(message);
            }

            @Override
            public boolean isShared() {
                return false;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
        assertThatThrownBy(() -> open(broken)).hasMessage("planted");
    }

    @Test
    void onEntry_offsetGoesBack_isRefused() {
        LogMessageBus bus = open(new InMemoryLog());
        Message message = Message.of("a", new byte[0]);
        bus.onEntry(7, message);
        assertThatThrownBy(() -> bus.onEntry(7, message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offset 7 comes after 7");
        bus.close();
    }

    private String readOn(MessageBus bus, String text) {
        TestSubscriber reader = TestSubscriber.prompt(
                bus,
                new SubscriptionRequest(
                        "reader",
                        "c-reader",
                        Set.of("c-reader", "a"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        10,
                        OverflowPolicy.SKIP,
                        JoinPolicy.ANY));
        reader.awaitAttached();
        publish(text);
        reader.awaitReceived(text);
        return reader.closeAndCursor();
    }

    private void publish(String text) {
        ahead.publish(Message.of("a", text.getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .join();
    }

    private static SubscriptionRequest request(Optional<String> cursor) {
        return new SubscriptionRequest(
                "id",
                "c-id",
                Set.of("c-id", "a"),
                List.of(),
                Optional.empty(),
                cursor,
                10,
                OverflowPolicy.SKIP,
                JoinPolicy.ANY);
    }
}
