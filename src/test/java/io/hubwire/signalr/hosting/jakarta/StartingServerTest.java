package io.hubwire.signalr.hosting.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.SignalRServer;
import io.hubwire.signalr.hub.HubRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartingServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private SignalRServer made;

    @AfterEach
    void stop() {
        if (made != null) {
            made.close();
        }
    }

    private static HubRegistry noHubs() {
        return HubRegistry.of(List.of());
    }

    private SignalRServer start() {
        starts.incrementAndGet();
        SignalRConfig config = SignalRConfig.builder()
                .classLoader(new ClassLoader(getClass().getClassLoader()) {})
                .build();
        made = SignalRServer.start(config, noHubs());
        return made;
    }

    private SignalRServer startSlowly() {
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return start();
    }

    @Test
    void hubs_areKnownWithoutAStart() {
        StartingServer starting = new StartingServer(this::start, StartingServerTest::noHubs);

        assertThat(starting.hubs().hubs()).isEmpty();

        assertThat(starting.hasBegun()).isFalse();
        assertThat(starts).hasValue(0);
    }

    @Test
    void contexts_startIt_once() {
        StartingServer starting = new StartingServer(this::start, StartingServerTest::noHubs);

        assertThat(starting.connectionManager()).isSameAs(made.hubs().connectionManager());
        assertThat(starting.hubPipeline()).isSameAs(made.hubs().hubPipeline());
        assertThat(starting.connectTickets()).isEmpty();
        assertThat(starting.server()).isSameAs(made);
        assertThat(starting.hasBegun()).isTrue();
        assertThat(starts).hasValue(1);
    }

    @Test
    void others_whoAskMeanwhile_getTheSame() throws InterruptedException {
        StartingServer starting = new StartingServer(this::startSlowly, StartingServerTest::noHubs);
        CompletableFuture<SignalRServer> first =
                CompletableFuture.supplyAsync(starting::server, StartingServerTest::run);
        begun.await();
        CompletableFuture<SignalRServer> second =
                CompletableFuture.supplyAsync(starting::server, StartingServerTest::run);

        go.countDown();

        assertThat(first).succeedsWithin(PATIENCE).isSameAs(made);
        assertThat(second).succeedsWithin(PATIENCE).isSameAs(made);
        assertThat(starts).hasValue(1);
    }

    private static void run(Runnable task) {
        new Thread(task, "asker").start();
    }

    @Test
    void failure_isEverybodys() {
        StartingServer starting = new StartingServer(
                () -> {
                    starts.incrementAndGet();
                    throw new IllegalArgumentException("no such setting");
                },
                StartingServerTest::noHubs);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(starting::connectionManager)
                .withMessage("no such setting");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(starting::server)
                .withMessage("no such setting");
        assertThat(starts).hasValue(1);
    }

    @Test
    void start_thatAsksForItself_isRefused() {
        AtomicReference<StartingServer> itself = new AtomicReference<>();
        itself.set(new StartingServer(() -> itself.get().server(), StartingServerTest::noHubs));

        assertThatIllegalStateException()
                .isThrownBy(itself.get()::server)
                .withMessageContaining("takes part in its own start");
    }
}
