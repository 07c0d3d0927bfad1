package io.hubwire.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one pass measured.
 *
 * @param cpuMicros server CPU per delivery at the given rate, microseconds
 * @param saturatedPerSecond deliveries a second when the publisher never rests
 * @param p50Millis from publish to the client's read, at the given rate
 * @param heapBytes heap after collection per idle connection
 * @param lost deliveries that did not arrive at the given rate
 */
record Figures(
        double cpuMicros, double saturatedPerSecond, double p50Millis, double p99Millis, long heapBytes, long lost) {

    /** Each figure's median over several passes. */
    static Figures median(List<Figures> passes) {
        return new Figures(
                median(passes, Figures::cpuMicros),
                median(passes, Figures::saturatedPerSecond),
                median(passes, Figures::p50Millis),
                median(passes, Figures::p99Millis),
                (long) median(passes, Figures::heapBytes),
                (long) median(passes, Figures::lost));
    }

    static <F> double median(List<F> passes, ToDoubleFunction<F> figure) {
        double[] values = passes.stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(values).skip(values.length / 2).findFirst().orElseThrow();
    }

    String row(String name) {
        return String.format(
                "| %-8s | %8.1f | %12.0f | %7.2f | %7.2f | %9.1f | %5d |",
                name, cpuMicros, saturatedPerSecond, p50Millis, p99Millis, heapBytes / 1024.0, lost);
    }

    String ratioTo(Figures other) {
        return String.format(
                "| %-8s | %8.2f | %12.2f | %7.2f | %7.2f | %9.2f |       |",
                "ratio",
                cpuMicros / other.cpuMicros,
                saturatedPerSecond / other.saturatedPerSecond,
                p50Millis / other.p50Millis,
                p99Millis / other.p99Millis,
                (double) heapBytes / other.heapBytes);
    }
}
