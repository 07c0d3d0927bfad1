package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.operations.ServerOperations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Looks at the node every two seconds while operators watch, and tells them; every ten seconds while nobody does, so that whoever comes sees the last minutes. Owns
 * one thread, which ends when this is closed. Safe for any thread.
 */
public final class OperatorMonitor implements AutoCloseable {

    /** Most pages that are told at once. */
    public static final int MAX_WATCHERS = 50;

    /** Most moments that are remembered: ten minutes of them while somebody watches, fifty while nobody does. */
    static final int MAX_POINTS = 300;

    /** How long a page is told that does not ask again; ours do each minute. */
    static final Duration LEASE = Duration.ofSeconds(150);

    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int QUIET_PERIODS = 5;

    private final HubContext<OperatorClient> pages;
    private final Supplier<ServerOperations> server;
    private final Clock clock;
    private final BroadcastThread thread = new BroadcastThread("hubwire-operator");
    private final Map<String, Instant> watchers = new ConcurrentHashMap<>(); // connection id → when it asked last
    private final Deque<NodePoint> points = new ArrayDeque<>(); // guarded by itself
    private int ticks; // of the thread

    OperatorMonitor(HubContext<OperatorClient> pages, Supplier<ServerOperations> server, Clock clock) {
        this.pages = pages;
        this.server = server;
        this.clock = clock;
    }

    /** Starts to look. The server is asked for at each look: it starts after the application, and ends before it. */
    public static OperatorMonitor start(
            HubContext<OperatorClient> pages, Supplier<ServerOperations> server, Clock clock) {
        OperatorMonitor monitor = new OperatorMonitor(pages, server, clock);
        var unused = monitor.thread.every(PERIOD, monitor::tick);
        return monitor;
    }

    /** Tells a connection from now on, until it has not asked for a while; false when {@value #MAX_WATCHERS} others are told already. */
    synchronized boolean watch(String connectionId) {
        if (watchers.size() >= MAX_WATCHERS && !watchers.containsKey(connectionId)) {
            return false;
        }
        watchers.put(connectionId, clock.instant());
        return true;
    }

    void leave(String connectionId) {
        watchers.remove(connectionId);
    }

    /** What was seen in the last minutes, and what is seen now. */
    CompletionStage<NodeHistory> history() {
        return server.get().snapshot().thenApply(NodeStatus::of).thenApply(now -> new NodeHistory(points(), now));
    }

    void drain() {
        var unused = server.get().drain();
    }

    /** Looks, unless nobody watches and it is not time yet. */
    void tick() {
        Instant asked = clock.instant().minus(LEASE);
        watchers.values().removeIf(last -> last.isBefore(asked)); // a call may be answered after its connection's end
        boolean due = ticks++ % QUIET_PERIODS == 0;
        if (!due && watchers.isEmpty()) {
            return;
        }
        thread.tell(() -> server.get().snapshot().thenApply(NodeStatus::of).thenAccept(this::tell));
    }

    private void tell(NodeStatus status) {
        remember(NodePoint.of(status));
        List<String> told = List.copyOf(watchers.keySet());
        if (!told.isEmpty()) {
            thread.tell(() -> pages.clients().clients(told).nodeStatus(status));
        }
    }

    private void remember(NodePoint point) {
        synchronized (points) {
            points.addLast(point);
            if (points.size() > MAX_POINTS) {
                points.removeFirst();
            }
        }
    }

    private List<NodePoint> points() {
        synchronized (points) {
            return List.copyOf(points);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
