package io.hubwire.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One server, started, filled with clients, measured and stopped. */
final class Pass {
    private static final int WARM_UP_SECONDS = 4;
    private static final int WINDOW = 50;
    private static final Duration UNTIL_POLLS_ARE_PARKED = Duration.ofSeconds(1);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

    private final LoadOptions options;
    private final ServerProcess server;
    private final SocketSwarm swarm;

    private Pass(LoadOptions options, ServerProcess server, SocketSwarm swarm) {
        this.options = options;
        this.server = server;
        this.swarm = swarm;
    }

    static Figures run(String kind, Dialer dialer, LoadOptions options) throws Exception {
        try (ServerProcess server = ServerProcess.start(kind, options.transport());
                SocketSwarm swarm = new SocketSwarm()) {
            long emptyHeap = heapAfterWarmUp(dialer, server);
            for (int i = 0; i < options.connections(); i++) {
                dialer.dial(swarm, server.port());
            }
            swarm.start();
            LockSupport.parkNanos(UNTIL_POLLS_ARE_PARKED.toNanos());
            long heapPerConnection = (server.ask("heap") - emptyHeap) / options.connections();
            Pass pass = new Pass(options, server, swarm);
            pass.paced(WARM_UP_SECONDS);
            Paced paced = pass.paced(options.seconds());
            pass.saturated(WARM_UP_SECONDS);
            double saturated = pass.saturated(options.seconds());
            return new Figures(
                    paced.cpuMicros(),
                    saturated,
                    paced.p50Millis(),
                    paced.p99Millis(),
                    heapPerConnection,
                    paced.lost());
        }
    }

    /** One client comes and goes first, so that classes and pools that any first client costs are not counted as a connection's. */
    private static long heapAfterWarmUp(Dialer dialer, ServerProcess server) throws Exception {
        try (SocketSwarm first = new SocketSwarm()) {
            dialer.dial(first, server.port());
            first.start();
        }
        return server.ask("heap");
    }

    private record Paced(double cpuMicros, double p50Millis, double p99Millis, long lost) {}

    private Paced paced(int seconds) throws Exception {
        long before = swarm.received();
        swarm.takeLatencies();
        long cpuBefore = server.ask("cpu");
        server.order("rate " + options.rate() + " " + seconds + " " + options.bytes());
        long published = server.answer("done");
        long expected = published * swarm.size();
        long lost = expected - drain(before, expected);
        long cpu = server.ask("cpu") - cpuBefore;
        long[] latencies = swarm.takeLatencies();
        return new Paced(cpu / 1e3 / expected, percentile(latencies, 50), percentile(latencies, 99), lost);
    }

    private double saturated(int seconds) throws Exception {
        long before = swarm.received();
        long began = System.nanoTime();
        server.order("saturate " + seconds + " " + options.bytes() + " " + WINDOW + " " + swarm.size());
        long end = began + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            server.order("received " + (swarm.received() - before));
            LockSupport.parkNanos(1_000_000);
        }
        double perSecond = (swarm.received() - before) / ((System.nanoTime() - began) / 1e9);
        long published = server.answer("done");
        drain(before, published * swarm.size());
        swarm.takeLatencies();
        return perSecond;
    }

    /** Waits until everything has arrived, or for a while. */
    private long drain(long before, long expected) {
        long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (swarm.received() - before < expected && System.nanoTime() < limit) {
            LockSupport.parkNanos(1_000_000);
        }
        return swarm.received() - before;
    }

    static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1L) * percent / 100)] / 1e6;
    }
}
