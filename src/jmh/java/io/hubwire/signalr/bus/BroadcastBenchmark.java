package io.hubwire.signalr.bus;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A broadcast to everyone: one message at a time, and many that may leave in batches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class BroadcastBenchmark {
    private static final int BURST = 100;

    private final Message message = Message.of(
            NoOpSubscribers.EVERYONE,
            "{\"H\":\"Hub\",\"M\":\"message\",\"A\":[\"hello, world\"]}".getBytes(StandardCharsets.UTF_8));

    /** Connected clients. */
    @Param({"100", "1000", "10000"})
    public int connections;

    private NoOpSubscribers subscribers;

    /** Connects. */
    @Setup
    public void connect() {
        subscribers = new NoOpSubscribers(connections, 0);
    }

    /** Ends the bus. */
    @TearDown
    public void end() {
        subscribers.close();
    }

    /** From the publish until all have it; the processor time is that of one delivery. */
    @Benchmark
    public void single(ProcessorTime time) {
        deliver(1, time);
    }

    /** From the first publish until all have the last; the processor time is that of one delivery. */
    @Benchmark
    public void burst(ProcessorTime time) {
        deliver(BURST, time);
    }

    private void deliver(int count, ProcessorTime time) {
        long before = subscribers.delivered();
        for (int i = 0; i < count; i++) {
            subscribers.publish(message);
        }
        subscribers.awaitDelivered(before + (long) count * connections);
        time.count((long) count * connections);
    }
}
