package io.hubwire.load.soak;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One server and a crowd, from the first client to the last. Belongs to one thread, which waits most of the time. */
final class SoakRun implements AutoCloseable {
    private static final int FIRST_CLIENTS = 40;
    private static final long FIRST_CLIENTS_STAY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long UNTIL_ALL_ARE_THERE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long UNTIL_ALL_ARE_GONE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final SoakOptions options;
    private final URI server;
    private final ServerProbe probe;
    private final ServerLog log;
    private final List<Person> people;
    private final SocketLoop loop;
    private final Requests requests;
    private final List<SoakSample> samples = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private volatile Throwable loopFailure;

    SoakRun(SoakOptions options, URI server, ServerProbe probe, ServerLog log, List<Person> people) throws IOException {
        this.options = options;
        this.server = server;
        this.probe = probe;
        this.log = log;
        this.people = people;
        this.loop = new SocketLoop(failure -> loopFailure = failure);
        this.requests = new Requests(server, loop);
        loop.start();
    }

    /**
     * What the run has found.
     *
     * @param empty before the crowd came, after a few clients had come and gone
     * @param samples while it was there
     * @param after when all had left
     * @param complaints of the clients
     */
    record Outcome(SoakSample empty, List<SoakSample> samples, SoakSample after, List<String> complaints) {}

    /** Runs for as long as planned, and prints a line of the table for each sample. */
    Outcome run() throws IOException {
        SoakSample empty = warmUp();
        Crowd crowd = new Crowd(options, options.connections(), server, loop, requests, people);
        await("clients", UNTIL_ALL_ARE_THERE_NANOS, fill(crowd));
        onLoop(crowd::beBusy);
        long begin = System.nanoTime();
        for (int second = options.sampleSeconds(); second <= options.seconds(); second += options.sampleSeconds()) {
            waitUntil(begin + TimeUnit.SECONDS.toNanos(second));
            samples.add(print(look(label(second), crowd)));
        }
        SoakSample after = print(leave("left", crowd));
        requireLoop();
        return new Outcome(empty, samples, after, complaints);
    }

    /** A few clients come, do everything once, and go: what any first client costs is not counted as growth. */
    private SoakSample warmUp() throws IOException {
        int size = Math.min(FIRST_CLIENTS, options.connections());
        Crowd first = new Crowd(options, size, server, loop, requests, people);
        await("the first clients", UNTIL_ALL_ARE_THERE_NANOS, fill(first));
        onLoop(first::beBusy);
        waitUntil(System.nanoTime() + FIRST_CLIENTS_STAY_NANOS);
        return print(leave("before", first));
    }

    private BooleanSupplier fill(Crowd crowd) {
        onLoop(crowd::fill);
        return () -> loop.ask(crowd::isComplete);
    }

    private SoakSample leave(String label, Crowd crowd) throws IOException {
        onLoop(crowd::rest);
        await(
                "the last messages",
                TimeUnit.SECONDS.toNanos(2L * options.boundSeconds()),
                () -> loop.ask(crowd::isSettled));
        onLoop(crowd::leaveAll);
        await(
                "an empty server",
                UNTIL_ALL_ARE_GONE_NANOS,
                () -> loop.ask(crowd::state).unsure() == 0);
        complaints.addAll(loop.ask(crowd::complaints));
        return look(label, crowd);
    }

    private void onLoop(Runnable task) {
        loop.ask(() -> {
            task.run();
            return true;
        });
    }

    private static String label(int second) {
        int rest = second % 60;
        return second / 60 + (rest == 0 ? "" : ":" + (rest < 10 ? "0" : "") + rest);
    }

    /** The clients are counted before and after the server's, and who has come or gone in between may count or not. */
    private SoakSample look(String label, Crowd crowd) throws IOException {
        Crowd.State before = loop.ask(crowd::state);
        Vitals vitals = probe.look();
        Crowd.State state = loop.ask(crowd::state);
        int gone = moves(state) - moves(before);
        return new SoakSample(
                label,
                Math.min(before.here(), state.here()) - gone,
                Math.max(before.here() + before.unsure(), state.here() + state.unsure()) + gone,
                state,
                vitals,
                log.problemCount());
    }

    private static int moves(Crowd.State state) {
        return Math.toIntExact(state.count(Deed.ARRIVE) + state.count(Deed.LEAVE) + state.count(Deed.VANISH));
    }

    private SoakSample print(SoakSample sample) {
        if (sample.label().equals("before")) {
            System.out.println(SoakSample.HEAD);
        }
        System.out.println(sample.row());
        return sample;
    }

    /** Waits for it, but not for ever; then that is a complaint. */
    private void await(String what, long nanos, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            requireLoop();
            if (System.nanoTime() > end) {
                complaints.add("waited in vain for " + what);
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void waitUntil(long instant) throws IOException {
        while (System.nanoTime() < instant) {
            requireLoop();
            LockSupport.parkNanos(Math.min(POLL_NANOS, instant - System.nanoTime()));
        }
    }

    private void requireLoop() throws IOException {
        if (loopFailure != null) {
            throw new IOException("the clients have failed", loopFailure);
        }
    }

    @Override
    public void close() throws IOException {
        requests.close();
        loop.close();
    }
}
