package io.hubwire.signalr.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.concurrent.Registration;
import io.hubwire.signalr.concurrent.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeartbeatTest {
    private final ManualTimer timer = new ManualTimer();
    private long nanos = 1_000;

    private final Heartbeat heartbeat = heartbeat(Optional.of(Duration.ofSeconds(10)), 3);

    private Heartbeat heartbeat(Optional<Duration> keepAlive, int maxSessions) {
        TransportConfig config = new TransportConfig(
                Set.of(TransportKind.values()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(110),
                Duration.ofSeconds(30),
                keepAlive,
                Duration.ofSeconds(1));
        Heartbeat made = new Heartbeat(config, maxSessions, timer, () -> nanos);
        made.start();
        return made;
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

        Heartbeat.Entry entry = heartbeat.enter(second).orElseThrow();

        assertThat(entry.known()).isTrue();
        assertThat(first.heard).containsExactly("replaced");
        assertThat(heartbeat.size()).isEqualTo(1);
    }

    @Test
    void left_byTheReplacedRequest_doesNotMakeTheClientAway() {
        Recorder first = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder second = new Recorder("a", TransportKind.WEB_SOCKETS);
        TransportSession session = heartbeat.enter(first).orElseThrow().session();
        heartbeat.enter(second);

        heartbeat.left(session, first);
        advance(Duration.ofMinutes(5));
        timer.fire(1);

        assertThat(second.heard).doesNotContain("vanished");
    }

    @Test
    void away_stream_vanishesAfterTheTimeoutAndFiveSeconds() {
        Recorder client = new Recorder("a", TransportKind.WEB_SOCKETS);
        heartbeat.left(heartbeat.enter(client).orElseThrow().session(), client);

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
        heartbeat.left(heartbeat.enter(client).orElseThrow().session(), client);

        advance(Duration.ofSeconds(31));
        timer.fire(1);

        assertThat(client.heard).containsExactly("vanished");
    }

    @Test
    void disconnect_hasOneWinner_andAVanishedClientIsNotToldTwice() {
        Recorder client = new Recorder("a", TransportKind.WEB_SOCKETS);
        TransportSession session = heartbeat.enter(client).orElseThrow().session();
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
        TransportSession session = heartbeat.enter(first).orElseThrow().session();
        heartbeat.disconnect(session, first);

        Heartbeat.Entry entry =
                heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS)).orElseThrow();

        assertThat(entry.known()).isFalse();
        assertThat(entry.session()).isNotSameAs(session);
    }

    @Test
    void disconnect_whileANewerRequestIsOpen_endsThatOneToo() {
        Recorder dead = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder newer = new Recorder("a", TransportKind.SERVER_SENT_EVENTS);
        TransportSession session = heartbeat.enter(dead).orElseThrow().session();
        heartbeat.left(session, dead);
        heartbeat.enter(newer);

        heartbeat.disconnect(session, dead);

        assertThat(newer.heard).containsExactly("replaced");
    }

    @Test
    void enter_afterAStreamWasLost_tellsItThatNobodyWillAbortItAnyMore() {
        Recorder lost = new Recorder("a", TransportKind.WEB_SOCKETS);
        heartbeat.left(heartbeat.enter(lost).orElseThrow().session(), lost);

        heartbeat.enter(new Recorder("a", TransportKind.WEB_SOCKETS));

        assertThat(lost.heard).containsExactly("replaced");
    }

    @Test
    void stopBetweenPolls_endsThePollerOnce() {
        Recorder client = new Recorder("a", TransportKind.LONG_POLLING);
        heartbeat.left(heartbeat.enter(client).orElseThrow().session(), client);

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
        heartbeat.left(heartbeat.enter(stream).orElseThrow().session(), stream);

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
        TransportSession session = heartbeat
                .enter(new Recorder("a", TransportKind.WEB_SOCKETS))
                .orElseThrow()
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
        TransportSession third = heartbeat.enter(leaver).orElseThrow().session();

        assertThat(heartbeat.enter(new Recorder("d", TransportKind.WEB_SOCKETS)))
                .isEmpty();
        heartbeat.disconnect(third, leaver);

        assertThat(heartbeat.enter(new Recorder("d", TransportKind.WEB_SOCKETS)))
                .isPresent();
    }

    @Test
    void close_shutsDownWhatIsOpen_andRaisesNoDisconnect() {
        Recorder open = new Recorder("a", TransportKind.WEB_SOCKETS);
        Recorder away = new Recorder("b", TransportKind.LONG_POLLING);
        heartbeat.enter(open);
        heartbeat.left(heartbeat.enter(away).orElseThrow().session(), away);

        heartbeat.close();
        heartbeat.close();

        assertThat(open.heard).containsExactly("shutDown");
        assertThat(away.heard).isEmpty();
        assertThat(timer.tasks).isEmpty();
        assertThat(heartbeat.enter(open)).isEmpty();
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
        private final List<String> heard = new ArrayList<>();
        private Duration age = Duration.ZERO;
        private boolean expired;

        Recorder(String id, TransportKind kind) {
            this.id = id;
            this.kind = kind;
        }

        @Override
        public String connectionId() {
            return id;
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
