package io.hubwire.signalr.protocol;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one call, its answer and one frame cost. Run {@link #main}; add {@code -prof gc} for allocations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HubProtocolBenchmark {
    private final JsonBinding binding = JsonBinding.standard();
    private final String smallCall = "{\"H\":\"chathub\",\"M\":\"Send\",\"A\":[\"bob\",\"hello there\"],\"I\":12}";
    private final String objectCall =
            "{\"H\":\"shape\",\"M\":\"UpdateModel\",\"A\":[{\"left\":12.5,\"top\":100,\"id\":\"a\","
                    + "\"tags\":[\"x\",\"y\",\"z\"],\"nested\":{\"a\":1,\"b\":null}}],\"I\":7,\"S\":{\"name\":\"bob\"}}";
    private final RawJson number = RawJson.parse("42");
    private final RawJson text = RawJson.ofString("hello there");
    private final byte[] payload = new ClientInvocation("ChatHub", "addMessage", List.of(text, number), null).toUtf8();
    private final List<byte[]> hundredPayloads = Collections.nCopies(100, payload);
    private final double measured = 12.345678901234567;

    /** A value with structure. */
    public record Shape(double left, double top, String id) {}

    private final RawJson shapeJson = RawJson.parse("{\"left\":12.5,\"top\":100,\"id\":\"a\"}");
    private final Shape shape = new Shape(12.5, 100, "a");

    @Benchmark
    public HubRequest parseSmallCall() {
        return HubRequest.parse(smallCall);
    }

    @Benchmark
    public HubRequest parseCallWithObjectAndState() {
        return HubRequest.parse(objectCall);
    }

    @Benchmark
    public byte[] writeResponse() {
        return HubResponse.result("12", number, null).toUtf8();
    }

    @Benchmark
    public byte[] writeInvocation() {
        return new ClientInvocation("ChatHub", "addMessage", List.of(text, number), null).toUtf8();
    }

    @Benchmark
    public byte[] writeFrameOfOne() {
        return FrameWriter.at("d-1A2B3C-4F").message(payload).toUtf8();
    }

    @Benchmark
    public byte[] writeFrameOfHundred() {
        return FrameWriter.at("d-1A2B3C-4F").messages(hundredPayloads).toUtf8();
    }

    @Benchmark
    public Object readString() {
        return binding.read(text, String.class);
    }

    @Benchmark
    public Object readRecord() {
        return binding.read(shapeJson, Shape.class);
    }

    @Benchmark
    public RawJson writeRecord() {
        return binding.write(shape);
    }

    @Benchmark
    public RawJson writeDoubleOfManyDigits() {
        return binding.write(measured);
    }

    /** Runs these benchmarks; arguments are JMH's. */
    public static void main(String[] arguments) throws Exception {
        org.openjdk.jmh.Main.main(arguments.length == 0 ? new String[] {"HubProtocolBenchmark"} : arguments);
    }
}
