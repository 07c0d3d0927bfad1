package io.hubwire.signalr.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.tracing.TraceSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
    private final ManualTimer timer = new ManualTimer();
    private long nanos = 1_000;

    private final Heartbeat heartbeat = heartbeat(Optional.of(Duration.ofSeconds(10)), 3);

    private Heartbeat heartbeat(Optional<Duration> keepAlive, int maxSessions) {
        return heartbeat(keepAlive, new SessionLimits(maxSessions, maxSessions, maxSessions));
    }

    private Heartbeat heartbeat(SessionLimits limits) {
        return heartbeat(Optional.of(Duration.ofSeconds(10)), limits);
    }

    private Heartbeat heartbeat(Optional<Duration> keepAlive, SessionLimits limits) {
        TransportConfig config = new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                Duration.ofSeconds(30),
                keepAlive,
                Duration.ofSeconds(1));
        Heartbeat made = new Heartbeat(config, limits, timer, () -> nanos, TraceSources.unheard());
        made.start();
        return made;
    }

    private static Heartbeat.Entry entered(Heartbeat.Entrance entrance) {
        assertThat(entrance).isInstanceOf(Heartbeat.Entry.class);
        return (Heartbeat.Entry) entrance;
    }

    @Test
    void tick_everySecondOne_keepsAlive() {
        Recorder client = new Recorder("a", TransportKind.WEB_SOCKETS);
        heartbeat.enter(client);

        timer.fire(4);

        assertThat(timer.period).isEqualTo(Duration.ofSeconds(5));
        assertThat(client.heard).containsExactly("keepAlive", "keepAlive");
    }

    @Test
    void enter_again_replacesTheEarlierRequestOnce() {
        Recorder first = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder second = new Recorder("a", TransportKind.SERVER_SENT_EVENTS);
        heartbeat.enter(first);

        Heartbeat.Entry entry = entered(heartbeat.enter(second));

        assertThat(entry.known()).isTrue();
        assertThat(first.heard).containsExactly("replaced");
        assertThat(heartbeat.size()).isEqualTo(1);
    }

    @Test
    void left_byTheReplacedRequest_doesNotMakeTheClientAway() {
        Recorder first = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder second = new Recorder("a", TransportKind.WEB_SOCKETS);
        TransportSession session = entered(heartbeat.enter(first)).session();
        heartbeat.enter(second);

        heartbeat.left(session, first);
        advance(Duration.ofMinutes(5));
        timer.fire(1);

        assertThat(second.heard).doesNotContain("vanished");
    }

    @Test
    void away_stream_vanishesAfterTheTimeoutAndFiveSeconds() {
        Recorder client = new Recorder("a", TransportKind.WEB_SOCKETS);
        heartbeat.left(entered(heartbeat.enter(client)).session(), client);

        advance(Duration.ofSeconds(35).minusNanos(1));
        timer.fire(1);
        assertThat(client.heard).isEmpty();
        advance(Duration.ofNanos(1));
        timer.fire(2);

        assertThat(client.heard).containsExactly("vanished");
        assertThat(heartbeat.size()).isZero();
    }

    @Test
    void away_poller_vanishesAfterTheTimeoutAndTheDelay() {
        Recorder client = new Recorder("a", TransportKind.LONG_POLLING);
        heartbeat.left(entered(heartbeat.enter(client)).session(), client);

        advance(Duration.ofSeconds(31));
        timer.fire(1);

        assertThat(client.heard).containsExactly("vanished");
    }

    @Test
    void disconnect_hasOneWinner_andAVanishedClientIsNotToldTwice() {
        Recorder client = new Recorder("a", TransportKind.WEB_SOCKETS);
        TransportSession session = entered(heartbeat.enter(client)).session();
        heartbeat.left(session, client);

        assertThat(heartbeat.disconnect(session, client)).isTrue();
        assertThat(heartbeat.disconnect(session, client)).isFalse();
        advance(Duration.ofMinutes(5));
        timer.fire(1);

        assertThat(client.heard).isEmpty();
    }

    @Test
    void enter_afterTheEnd_beginsANewSession() {
        Recorder first = new Recorder("a", TransportKind.WEB_SOCKETS);
        TransportSession session = entered(heartbeat.enter(first)).session();
        heartbeat.disconnect(session, first);

        Heartbeat.Entry entry = entered(heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS)));

        assertThat(entry.known()).isFalse();
        assertThat(entry.session()).isNotSameAs(session);
    }

    @Test
    void disconnect_whileANewerRequestIsOpen_endsThatOneToo() {
        Recorder dead = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder newer = new Recorder("a", TransportKind.SERVER_SENT_EVENTS);
        TransportSession session = entered(heartbeat.enter(dead)).session();
        heartbeat.left(session, dead);
        heartbeat.enter(newer);

        heartbeat.disconnect(session, dead);

        assertThat(newer.heard).containsExactly("replaced");
    }

    @Test
    void enter_afterAStreamWasLost_tellsItThatNobodyWillAbortItAnyMore() {
        Recorder lost = new Recorder("a", TransportKind.WEB_SOCKETS);
        heartbeat.left(entered(heartbeat.enter(lost)).session(), lost);

        heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS));

        assertThat(lost.heard).containsExactly("replaced");
    }

    @Test
    void stopBetweenPolls_endsThePollerOnce() {
        Recorder client = new Recorder("a", TransportKind.LONG_POLLING);
        heartbeat.left(entered(heartbeat.enter(client)).session(), client);

        heartbeat.stopBetweenPolls("a");
        heartbeat.stopBetweenPolls("a");
        heartbeat.stopBetweenPolls("unknown");
        advance(Duration.ofMinutes(5));
        timer.fire(1);

        assertThat(client.heard).containsExactly("stopped");
        assertThat(heartbeat.size()).isZero();
    }

    @Test
    void stopBetweenPolls_withAPollOpenOrAStreamLost_isLeftToTheBus() {
        Recorder poll = new Recorder("a", TransportKind.LONG_POLLING);
        Recorder stream = new Recorder("b", TransportKind.SERVER_SENT_EVENTS);
        heartbeat.enter(poll);
        heartbeat.left(entered(heartbeat.enter(stream)).session(), stream);

        heartbeat.stopBetweenPolls("a");
        heartbeat.stopBetweenPolls("b");

        assertThat(poll.heard).isEmpty();
        assertThat(stream.heard).isEmpty();
        assertThat(heartbeat.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void credentialsThatHaveExpired_endTheRequestAtTheNextTick(TransportKind kind) {
        Recorder client = new Recorder("a", kind);
        heartbeat.enter(client);
        client.expired = true;

        timer.fire(1);

        assertThat(client.heard).containsExactly("timeOut");
    }

    @Test
    void connecting_again_getsTheEventOfTheFirst() {
        TransportSession session = entered(heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS)))
                .session();
        CompletableFuture<Void> first = new CompletableFuture<>();

        assertThat(session.connecting(first)).isEmpty();
        assertThat(session.connecting(new CompletableFuture<>())).containsSame(first);
    }

    @Test
    void connectionTimeout_endsAPoll_butNotAStreamThatIsKeptAlive() {
        Recorder poll = new Recorder("a", TransportKind.LONG_POLLING);
        Recorder stream = new Recorder("b", TransportKind.SERVER_SENT_EVENTS);
        heartbeat.enter(poll);
        heartbeat.enter(stream);
        poll.age = Duration.ofSeconds(110);
        stream.age = Duration.ofSeconds(110);

        timer.fire(2);

        assertThat(poll.heard).contains("timeOut").doesNotContain("keepAlive");
        assertThat(stream.heard).containsExactly("keepAlive");
    }

    @Test
    void connectionTimeout_withoutKeepAlive_endsAStream() {
        Heartbeat silent = heartbeat(Optional.empty(), 3);
        Recorder stream = new Recorder("b", TransportKind.WEB_SOCKETS);
        silent.enter(stream);
        stream.age = Duration.ofSeconds(110);

        timer.fire(1);

        assertThat(stream.heard).containsExactly("timeOut");
    }

    @Test
    void enter_aboveTheLimit_isRefused_andALeaverMakesRoom() {
        heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS));
        heartbeat.enter(new Recorder("b", TransportKind.WEB_SOCKETS));
        Recorder leaver = new Recorder("c", TransportKind.WEB_SOCKETS);
        TransportSession third = entered(heartbeat.enter(leaver)).session();

        assertThat(heartbeat.enter(new Recorder("d", TransportKind.WEB_SOCKETS)))
                .isEqualTo(new Heartbeat.Full(Limit.CONNECTIONS));
        heartbeat.disconnect(third, leaver);

        entered(heartbeat.enter(new Recorder("d", TransportKind.WEB_SOCKETS)));
    }

    @Test
    void enter_aboveTheLimitOfAUser_isRefused_butForOthersAndForClientsThatAreKnown() {
        Heartbeat strict = heartbeat(new SessionLimits(100, 2, 100));
        Recorder known = new Recorder("a", TransportKind.WEB_SOCKETS).of("alice", "192.0.2.1");
        entered(strict.enter(known));
        entered(strict.enter(new Recorder("b", TransportKind.LONG_POLLING).of("alice", "192.0.2.2")));

        assertThat(strict.enter(new Recorder("c", TransportKind.WEB_SOCKETS).of("alice", "192.0.2.3")))
                .isEqualTo(new Heartbeat.Full(Limit.CONNECTIONS_PER_USER));

        assertThat(strict.size()).isEqualTo(2);
        assertThat(entered(strict.enter(known)).known()).isTrue();
        entered(strict.enter(new Recorder("d", TransportKind.WEB_SOCKETS).of("bob", "192.0.2.3")));
        for (String anonymous : List.of("e", "f", "g")) {
            entered(strict.enter(new Recorder(anonymous, TransportKind.WEB_SOCKETS)));
        }
    }

    @Test
    void enter_aboveTheLimitOfAnAddress_isRefused_whoeverItIs() {
        Heartbeat strict = heartbeat(new SessionLimits(100, 100, 2));
        entered(strict.enter(new Recorder("a", TransportKind.WEB_SOCKETS).of("alice", "192.0.2.1")));
        entered(strict.enter(new Recorder("b", TransportKind.WEB_SOCKETS)));

        assertThat(strict.enter(new Recorder("c", TransportKind.WEB_SOCKETS).of("bob", "192.0.2.1")))
                .isEqualTo(new Heartbeat.Full(Limit.CONNECTIONS_PER_ADDRESS));

        assertThat(strict.size()).isEqualTo(2);
        assertThat(strict.countedPeers()).isEqualTo(2); // alice and the address: bob has left nothing
        entered(strict.enter(new Recorder("d", TransportKind.WEB_SOCKETS).of("bob", "192.0.2.2")));
    }

    /** Threads enter, come back, leave, abort, are lost and meet the limits, all at a time; then whoever is left is closed or times out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void counts_afterEveryWayToEnd_areZero(boolean byClosing) throws Exception {
        Heartbeat busy = heartbeat(new SessionLimits(60, 12, 25));
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(seed -> new Thread(() -> live(busy, new Random(seed), most)))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(most.get()).isBetween(1, 60);

        if (byClosing) {
            busy.close();
        } else {
            advance(Duration.ofMinutes(10));
            timer.fire(1);
        }

        assertThat(busy.size()).isZero();
        assertThat(busy.countedPeers()).isZero();
    }

    private void live(Heartbeat busy, Random random, AtomicInteger most) {
        for (int step = 0; step < 5_000; step++) {
            int number = random.nextInt(200); // of a client that other threads are as well
            Recorder client = new Recorder(
                            "c" + number, random.nextBoolean() ? TransportKind.LONG_POLLING : TransportKind.WEB_SOCKETS)
                    .of(number % 3 == 0 ? null : "user" + number % 7, "192.0.2." + number % 5);
            if (busy.enter(client) instanceof Heartbeat.Entry entry) {
                most.accumulateAndGet(busy.size(), Math::max);
                switch (random.nextInt(4)) {
                    case 0 -> busy.disconnect(entry.session(), client);
                    case 1 -> {
                        busy.left(entry.session(), client);
                        busy.stopBetweenPolls(client.connectionId());
                    }
                    default -> busy.left(entry.session(), client); // lost: away until a time-out, or a return
                }
            }
        }
    }

    @Test
    void enter_afterClose_isRefused_andLeavesNothing() {
        heartbeat.close();

        assertThat(heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS)))
                .isEqualTo(new Heartbeat.Closed());

        assertThat(heartbeat.size()).isZero();
        assertThat(heartbeat.countedPeers()).isZero();
    }

    @Test
    void close_shutsDownWhatIsOpen_andRaisesNoDisconnect() {
        Recorder open = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder away = new Recorder("b", TransportKind.LONG_POLLING);
        heartbeat.enter(open);
        heartbeat.left(entered(heartbeat.enter(away)).session(), away);

        heartbeat.close();
        heartbeat.close();

        assertThat(open.heard).containsExactly("shutDown");
        assertThat(away.heard).isEmpty();
        assertThat(timer.tasks).isEmpty();
        assertThat(heartbeat.enter(open)).isEqualTo(new Heartbeat.Closed());
    }

    @Test
    void tick_withOneThatThrows_checksTheOthers() {
        heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS) {
            @Override
            public void keepAlive() {
                throw new IllegalStateException("planted");
            }
        });
        Recorder other = new Recorder("b", TransportKind.WEB_SOCKETS);
        heartbeat.enter(other);

        timer.fire(1);

        assertThat(other.heard).containsExactly("keepAlive");
    }

    private void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    private static final class ManualTimer implements Timer {
        private final List<Runnable> tasks = new ArrayList<>();
        private Duration period;

        @Override
        public Registration schedule(Duration delay, Runnable task) {
            throw new IllegalStateException("the heartbeat repeats");
        }

        @Override
        public Registration scheduleEvery(Duration every, Runnable task) {
            period = every;
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        void fire(int times) {
            for (int i = 0; i < times; i++) {
                List.copyOf(tasks).forEach(Runnable::run);
            }
        }
    }

    private static class Recorder implements Receiver {
        private final String id;
        private final TransportKind kind;
        private Peer peer = new Peer(Optional.empty(), "192.0.2.1");
        private final List<String> heard = new ArrayList<>();
        private Duration age = Duration.ZERO;
        private boolean expired;

        Recorder(String id, TransportKind kind) {
            this.id = id;
            this.kind = kind;
        }

        Recorder of(String user, String network) {
            peer = new Peer(Optional.ofNullable(user), network);
            return this;
        }

        @Override
        public String connectionId() {
            return id;
        }

        @Override
        public Peer peer() {
            return peer;
        }

        @Override
        public TransportKind kind() {
            return kind;
        }

        @Override
        public void keepAlive() {
            heard.add("keepAlive");
        }

        @Override
        public void timeOut() {
            heard.add("timeOut");
        }

        @Override
        public void replaced() {
            heard.add("replaced");
        }

        @Override
        public void shutDown() {
            heard.add("shutDown");
        }

        @Override
        public void vanished() {
            heard.add("vanished");
        }

        @Override
        public void stopped() {
            heard.add("stopped");
        }

        @Override
        public boolean hasExpired() {
            return expired;
        }

        @Override
        public Duration age() {
            return age;
        }
    }
}
