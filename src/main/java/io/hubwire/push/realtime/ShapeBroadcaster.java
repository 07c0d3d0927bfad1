package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.HubContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells where the shape is, to everybody but who moved it last, and not more often than once in an interval however often it is moved: positions in between are
 * skipped, the latest never is. Nothing runs while nobody moves.
 *
 * <p>Owns one thread, which ends when this is closed. Methods may be called from any thread and never block, {@link #close} excepted.
 */
public final class ShapeBroadcaster implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(40); // 25 a second look like one movement

    private final HubContext<MoveShapeClient> movers;
    private final long intervalNanos;
    private final BroadcastThread thread = new BroadcastThread("hubwire-shape");
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
            thread.after(Duration.ofNanos(intervalNanos - (System.nanoTime() - toldAtNanos)), this::tell);
        }
    }

    private void tell() {
        toldAtNanos = System.nanoTime();
        scheduled.set(false); // before the position is read: a later one is then told next time
        Move move = latest;
        thread.tell(() -> movers.clients()
                .allExcept(move.mover().stream().toArray(String[]::new))
                .updateShape(move.shape()));
    }

    @Override
    public void close() {
        thread.close();
    }

    private record Move(ShapeModel shape, Optional<String> mover) {}
}
