package io.hubwire.push.realtime;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.signalr.connection.ConnectionContext;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.DoubleSupplier;

/**
 * Broadcasts the load of the machine to the clients of {@link PerfmonConnection}, once a second and whether or not anybody listens: that costs less than knowing,
 * and whoever comes sees a value at once. Owns one thread, which ends when this is closed.
 */
public final class CpuMonitor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CpuMonitor.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ConnectionContext watchers;
    private final DoubleSupplier load;
    private final Clock clock;
    private final BroadcastThread thread = new BroadcastThread("hubwire-perfmon");

    private CpuMonitor(ConnectionContext watchers, DoubleSupplier load, Clock clock) {
        this.watchers = watchers;
        this.load = load;
        this.clock = clock;
    }

    /** Starts with the load of this machine, or of the container that the JVM lives in; a JVM that cannot tell broadcasts that it is unknown. */
    public static CpuMonitor start(ConnectionContext watchers, Clock clock) {
        return start(watchers, ofThisMachine(), clock, PERIOD);
    }

    static CpuMonitor start(ConnectionContext watchers, DoubleSupplier load, Clock clock, Duration period) {
        CpuMonitor monitor = new CpuMonitor(watchers, load, clock);
        var unused = monitor.thread.every(period, monitor::tell);
        return monitor;
    }

    /** The extension of the bean that most JVMs have. */
    private static DoubleSupplier ofThisMachine() {
        try {
            if (ManagementFactory.getOperatingSystemMXBean()
                    instanceof com.sun.management.OperatingSystemMXBean machine) {
                return machine::getCpuLoad;
            }
        } catch (LinkageError withoutExtension) {
            LOG.log(DEBUG, "This JVM does not tell the load of its machine", withoutExtension);
        }
        return () -> Double.NaN;
    }

    private void tell() {
        thread.tell(() -> watchers.connection()
                .broadcast(CpuUsageInfo.of(load.getAsDouble(), clock.instant().truncatedTo(ChronoUnit.MILLIS))));
    }

    @Override
    public void close() {
        thread.close();
    }
}
