package io.hubwire.signalr.bus;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A publish to a group of five, delivery included: must not depend on how many connections there are beside the five. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class GroupPublishBenchmark {
    private static final int MEMBERS = 5;
    private static final int PUBLISHES = 500;

    private final Message message = Message.of(
            NoOpSubscribers.GROUP,
            "{\"H\":\"Hub\",\"M\":\"message\",\"A\":[\"hello, world\"]}".getBytes(StandardCharsets.UTF_8));

    /** Connected clients, of which five are in the group. */
    @Param({"100", "1000", "10000"})
    public int connections;

    private NoOpSubscribers subscribers;

    /** Connects. */
    @Setup
    public void connect() {
        subscribers = new NoOpSubscribers(connections, MEMBERS);
    }

    /** Ends the bus. */
    @TearDown
    public void end() {
        subscribers.close();
    }

    /** Publishes, and waits at the end until all has arrived; the processor time is that of one publish. */
    @Benchmark
    @OperationsPerInvocation(PUBLISHES)
    public void publishAndDeliver(ProcessorTime time) {
        long before = subscribers.delivered();
        for (int i = 0; i < PUBLISHES; i++) {
            subscribers.publish(message);
        }
        subscribers.awaitDelivered(before + PUBLISHES * MEMBERS);
        time.count(PUBLISHES);
    }
}
