package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.ConnectionEndpoint;
import io.hubwire.signalr.connection.ConnectionRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the text of a call to the bytes of its response, without a transport; and a broadcast from a hub up to the bus. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HubDispatchBenchmark {
    private static final String ECHO = "{\"H\":\"echohub\",\"M\":\"Echo\",\"A\":[\"hello, world\"],\"I\":17}";
    private static final String ORDER = """
            {"H":"echohub","M":"total","A":[{"customer":"alice","lines":[{"name":"pen","count":3},{"name":"ink","count":2}],\
            "notes":{"to":"the back door"}}],"I":18}""";
    private static final String BROADCAST = "{\"H\":\"echohub\",\"M\":\"broadcast\",\"A\":[\"hello, world\"],\"I\":19}";

    /** What is called. */
    public static class EchoHub extends Hub {

        /** A line of an order. */
        public record Line(String name, int count) {}

        /** An order. */
        public record Order(String customer, List<Line> lines, Map<String, String> notes) {}

        /** Gives back what it gets. */
        public String echo(String text) {
            return text;
        }

        /** Counts what is ordered. */
        public int total(Order order) {
            return order.lines().stream().mapToInt(Line::count).sum();
        }

        /** Calls everybody. */
        public CompletionStage<Void> broadcast(String text) {
            return clients().all().invoke("message", text);
        }
    }

    private ConnectionEndpoint endpoint;
    private ConnectionRequest request;

    /** Maps the hub. */
    @Setup
    public void map() {
        HubKit kit = HubKit.forgetting(EchoHub.class);
        endpoint = kit.endpoint();
        request = kit.request("echohub");
    }

    /** A small call. */
    @Benchmark
    public Optional<byte[]> echo() {
        return endpoint.onReceived(request, ECHO).toCompletableFuture().join();
    }

    /** A call with an argument that is bound to records. */
    @Benchmark
    public Optional<byte[]> complexArgument() {
        return endpoint.onReceived(request, ORDER).toCompletableFuture().join();
    }

    /** A call that calls all clients. */
    @Benchmark
    public Optional<byte[]> broadcast() {
        return endpoint.onReceived(request, BROADCAST).toCompletableFuture().join();
    }
}
