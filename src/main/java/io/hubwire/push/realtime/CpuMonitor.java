package io.hubwire.push.realtime;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.signalr.connection.ConnectionContext;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Broadcasts the load of the machine to the clients of {@link PerfmonConnection}, once a second and whether or not anybody listens: that costs less than knowing,
 * and whoever comes sees a value at once. Owns one thread, which ends when this is closed.
 */
public final class CpuMonitor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CpuMonitor.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 10;

    private final ConnectionContext watchers;
    private final DoubleSupplier load;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(CpuMonitor::daemon);

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
        var unused = monitor.thread.scheduleAtFixedRate(
                monitor::tell, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Must not throw: that would be the last time. */
    private void tell() {
        try {
            var unused = watchers.connection()
                    .broadcast(
                            CpuUsageInfo.of(load.getAsDouble(), clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                    .exceptionally(CpuMonitor::notTold);
        } catch (RuntimeException notRunning) {
            notTold(notRunning); // the server starts after the application, and ends before it
        }
    }

    private static Void notTold(Throwable failure) {
        LOG.log(DEBUG, "The load of the machine was not told", failure);
        return null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(DEBUG, "The monitor is still waiting for the machine to tell its load.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hubwire-perfmon");
        thread.setDaemon(true);
        return thread;
    }
}
