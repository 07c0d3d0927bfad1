package io.hubwire.signalr.bus;

import io.hubwire.signalr.concurrent.Clock;
import io.hubwire.signalr.concurrent.ScheduledTimer;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.TraceSources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A bus with connections that only count: each has the four topics that a hub connection has, and some are in a group. */
final class NoOpSubscribers implements AutoCloseable {
    private static final long PAUSE_NANOS = 50_000;

    static final String EVERYONE = "h-Hub";
    static final String GROUP = "hg-Hub.five";

    private final ScheduledTimer timer = new ScheduledTimer("bench-timer", NoOpSubscribers.class.getClassLoader());
    private final LongAdder delivered = new LongAdder();
    private final LogMessageBus bus;

    NoOpSubscribers(int connections, int inGroup) {
        bus = LogMessageBus.open(
                new InMemoryLog(),
                BusConfig.forTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                new BusEnvironment(
                        "bench-bus",
                        Clock.system(),
                        timer,
                        ForkJoinPool.commonPool(),
                        new Metrics(),
                        NoOpSubscribers.class.getClassLoader(),
                        TraceSources.unheard()));
        for (int i = 0; i < connections; i++) {
            bus.subscribe(request("id-" + i, i < inGroup), new Counting());
        }
    }

    private static SubscriptionRequest request(String id, boolean inGroup) {
        List<Membership> groups = inGroup ? List.of(new Membership(GROUP, 0)) : List.of();
        return new SubscriptionRequest(
                id,
                "c-" + id,
                Set.of("c-" + id, EVERYONE, "hc-Hub." + id, "hu-Hub." + id),
                groups,
                Optional.of("0-0"),
                Optional.empty(),
                100,
                OverflowPolicy.SKIP,
                JoinPolicy.ANY);
    }

    void publish(Message message) {
        while (bus.publish(message).toCompletableFuture().isCompletedExceptionally()) {
            LockSupport.parkNanos(PAUSE_NANOS); // the backlog is at its limit
        }
    }

    long delivered() {
        return delivered.sum();
    }

    void awaitDelivered(long count) {
        while (delivered.sum() < count) {
            LockSupport.parkNanos(PAUSE_NANOS); // spinning would take the loops' processor on a small machine
        }
    }

    @Override
    public void close() {
        bus.close();
        timer.close();
    }

    private final class Counting implements Subscriber {
        private Subscription subscription;

        @Override
        public void onAttached(Subscription self, Optional<Gap> missed) {
            subscription = self;
        }

        @Override
        public void onBatch(Batch batch) {
            delivered.add(batch.messages().size());
            subscription.ready();
        }

        @Override
        public boolean onCommand(Command command, long offset) {
            return false;
        }

        @Override
        public void onGap(Gap gap) {
            delivered.add(gap.count().orElseThrow());
        }

        @Override
        public void onDetached() {}
    }
}
