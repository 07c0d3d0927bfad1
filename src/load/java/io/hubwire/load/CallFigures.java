package io.hubwire.load;

import java.util.List;
import java.util.Locale;

/**
 * What one pass of calls measured.
 *
 * @param cpuMicros server CPU per call, microseconds
 * @param perSecond calls answered a second, by all clients together
 * @param switches how often a thread of the server gave up its processor to wait, per call; 0 where the system does not tell
 * @param p50Millis from a client's call to its answer
 */
record CallFigures(double cpuMicros, double perSecond, double switches, double p50Millis, double p99Millis) {
    static final String HEAD = "|          | CPU µs/call | calls/s  | switches | p50 ms  | p99 ms  |\n"
            + "| -------- | ----------- | -------- | -------- | ------- | ------- |";

    /** Each figure's median over several passes. */
    static CallFigures median(List<CallFigures> passes) {
        return new CallFigures(
                Figures.median(passes, CallFigures::cpuMicros),
                Figures.median(passes, CallFigures::perSecond),
                Figures.median(passes, CallFigures::switches),
                Figures.median(passes, CallFigures::p50Millis),
                Figures.median(passes, CallFigures::p99Millis));
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %-8s | %11.1f | %8.0f | %8.2f | %7.2f | %7.2f |",
                name,
                cpuMicros,
                perSecond,
                switches,
                p50Millis,
                p99Millis);
    }

    String ratioTo(CallFigures other) {
        return String.format(
                Locale.ROOT,
                "| %-8s | %11.2f | %8.2f | %8.2f | %7.2f | %7.2f |",
                "ratio",
                cpuMicros / other.cpuMicros,
                perSecond / other.perSecond,
                switches / other.switches,
                p50Millis / other.p50Millis,
                p99Millis / other.p99Millis);
    }
}
