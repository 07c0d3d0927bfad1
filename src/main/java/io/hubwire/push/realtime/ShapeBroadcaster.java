package io.hubwire.push.realtime;

import static java.lang.System.Logger.Level.DEBUG;

import io.hubwire.signalr.hub.HubContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells where the shape is, to everybody but who moved it last, and not more often than once in an interval however often it is moved: positions in between are
 * skipped, the latest never is. Nothing runs while nobody moves.
 *
 * <p>Owns one thread, which ends when this is closed. Methods may be called from any thread and never block, {@link #close} excepted.
 */
public final class ShapeBroadcaster implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ShapeBroadcaster.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(40); // 25 a second look like one movement
    private static final int PATIENCE_SECONDS = 10;

    private final HubContext<MoveShapeClient> movers;
    private final long intervalNanos;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(ShapeBroadcaster::daemon);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Move latest = new Move(ShapeModel.MIDDLE, Optional.empty());
    private volatile long toldAtNanos; // written by the thread alone

    private ShapeBroadcaster(HubContext<MoveShapeClient> movers, Duration interval) {
        this.movers = movers;
        this.intervalNanos = interval.toNanos();
        this.toldAtNanos = System.nanoTime() - intervalNanos;
    }

    /** The shape starts in the middle. */
    public static ShapeBroadcaster start(HubContext<MoveShapeClient> movers) {
        return start(movers, INTERVAL);
    }

    static ShapeBroadcaster start(HubContext<MoveShapeClient> movers, Duration interval) {
        return new ShapeBroadcaster(movers, interval);
    }

    ShapeModel shape() {
        return latest.shape();
    }

    /** @param mover the connection that has moved it, and needs not be told */
    void update(ShapeModel shape, String mover) {
        latest = new Move(shape, Optional.of(mover));
        if (scheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            var unused = thread.schedule(
                    this::tell, intervalNanos - (System.nanoTime() - toldAtNanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.log(DEBUG, "The shape was moved after the end", closed);
        }
    }

    private void tell() {
        toldAtNanos = System.nanoTime();
        scheduled.set(false); // before the position is read: a later one is then told next time
        Move move = latest;
        try {
            var unused = movers.clients()
                    .allExcept(move.mover().stream().toArray(String[]::new))
                    .updateShape(move.shape())
                    .exceptionally(ShapeBroadcaster::notTold);
        } catch (RuntimeException notRunning) {
            notTold(notRunning); // the server ends before the application
        }
    }

    private static Void notTold(Throwable failure) {
        LOG.log(DEBUG, "The shape's place was not told", failure);
        return null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(DEBUG, "The broadcaster is still telling its clients.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hubwire-shape");
        thread.setDaemon(true);
        return thread;
    }

    private record Move(ShapeModel shape, Optional<String> mover) {}
}
