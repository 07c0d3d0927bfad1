package io.hubwire.loss;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a run share: a few threads, the ways to the servers, chance, and the ledger. */
final class ClientNetwork implements AutoCloseable {
    private static final int THREADS = 4;

    /** One in so many times a client that was cut off stays away for long. */
    private static final int LONG_AWAY_ONE_IN = 8;

    private static final int SHORT_AWAY_MILLIS = 500;
    private static final int LONG_AWAY_LEAST_MILLIS = 6_000;
    private static final int LONG_AWAY_MOST_MILLIS = 18_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, named("loss-client"));
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Integer> ports;
    private final Random chance;
    private final LossLedger ledger;
    private final AtomicLong reconnects = new AtomicLong();

    /** @param ports where the servers are reached; clients take them in turn, request by request */
    ClientNetwork(List<Integer> ports, long seed, LossLedger ledger) {
        this.ports = List.copyOf(ports);
        this.chance = new Random(seed);
        this.ledger = ledger;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    HttpClient http() {
        return http;
    }

    LossLedger ledger() {
        return ledger;
    }

    int port(int turn) {
        return ports.get(Math.floorMod(turn, ports.size()));
    }

    void later(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
                .execute(task);
    }

    /** How long a client that was cut off stays away. */
    long millisAway() {
        synchronized (chance) {
            reconnects.incrementAndGet();
            return chance.nextInt(LONG_AWAY_ONE_IN) == 0
                    ? LONG_AWAY_LEAST_MILLIS + chance.nextInt(LONG_AWAY_MOST_MILLIS - LONG_AWAY_LEAST_MILLIS)
                    : chance.nextInt(SHORT_AWAY_MILLIS);
        }
    }

    long reconnects() {
        return reconnects.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
