package io.hubwire.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One server, started, filled with clients that call it without pause, measured and stopped. */
final class CallPass {
    /** So long that the compiler of the JVM has no more to do for either server on two busy cores: in the first ten seconds it takes a quarter of the CPU. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private CallPass() {}

    static CallFigures run(String kind, Dialer dialer, LoadOptions options) throws Exception {
        try (ServerProcess server = ServerProcess.start(kind, options.transport());
                SocketSwarm swarm = new SocketSwarm()) {
            for (int i = 0; i < options.connections(); i++) {
                dialer.dial(swarm, server.port());
            }
            swarm.start();
            LockSupport.parkNanos(WARM_UP.toNanos());
            return measure(server, swarm, Duration.ofSeconds(options.seconds()));
        }
    }

    private static CallFigures measure(ServerProcess server, SocketSwarm swarm, Duration howLong) throws Exception {
        swarm.takeLatencies();
        long answeredBefore = swarm.received();
        long switchesBefore = server.ask("switches");
        long cpuBefore = server.ask("cpu");
        long began = System.nanoTime();
        LockSupport.parkNanos(howLong.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        long answered = swarm.received() - answeredBefore;
        long cpu = server.ask("cpu") - cpuBefore;
        long switches = server.ask("switches") - switchesBefore;
        long[] latencies = swarm.takeLatencies();
        return new CallFigures(
                cpu / 1e3 / answered,
                answered / seconds,
                (double) switches / answered,
                Pass.percentile(latencies, 50),
                Pass.percentile(latencies, 99));
    }
}
