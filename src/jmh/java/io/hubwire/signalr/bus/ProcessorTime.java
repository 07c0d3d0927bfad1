package io.hubwire.signalr.bus;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** What the whole process spent, all threads together: less sensitive to what else the machine does than elapsed time. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class ProcessorTime {
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private int iterations; // JMH adds up over all of them
    private long begin;
    private long operations;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin(BenchmarkParams benchmark) {
        iterations = benchmark.getMeasurement().getCount() * Math.max(1, benchmark.getForks());
        begin = process.getProcessCpuTime();
        operations = 0;
    }

    void count(long more) {
        operations += more;
    }

    /** Processor nanoseconds for one of what was counted, on average over all measured iterations and forks. */
    public double cpuNanosEach() {
        return (process.getProcessCpuTime() - begin) / (double) Math.max(1, operations) / iterations;
    }
}
