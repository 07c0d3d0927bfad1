package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import io.hubwire.push.realtime.Watchers.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeBroadcasterTest {
    private static final ShapeModel LEFT = new ShapeModel(0, 0.5);
    private static final ShapeModel RIGHT = new ShapeModel(1, 0.5);

    private final Watchers<MoveShapeClient> movers = Watchers.of(MoveShapeClient.class);

    @Test
    void update_tellsEveryoneButTheMover() {
        try (ShapeBroadcaster broadcaster = ShapeBroadcaster.start(movers, Duration.ofMillis(1))) {
            assertThat(broadcaster.shape()).isEqualTo(new ShapeModel(0.5, 0.5));

            broadcaster.update(LEFT, "mover");

            await().until(() -> !movers.calls().isEmpty());
            assertThat(movers.calls()).containsExactly(new Call("updateShape", List.of(LEFT), List.of("mover")));
            assertThat(broadcaster.shape()).isEqualTo(LEFT);
        }
    }

    @Test
    void update_moreOftenThanTheInterval_skipsWhatIsInBetween_butNotTheLatest() {
        try (ShapeBroadcaster broadcaster = ShapeBroadcaster.start(movers, Duration.ofMillis(500))) {
            broadcaster.update(LEFT, "one");
            await().until(() -> !movers.calls().isEmpty());
            long begun = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                broadcaster.update(new ShapeModel(i / 1000.0, 0), "one");
            }
            broadcaster.update(RIGHT, "other");

            await().until(() -> movers.calls().contains(new Call("updateShape", List.of(RIGHT), List.of("other"))));
            long intervals = Duration.ofNanos(System.nanoTime() - begun).dividedBy(Duration.ofMillis(500));
            assertThat(movers.calls()).hasSizeLessThanOrEqualTo(Math.toIntExact(3 + intervals));
        }
    }

    @Test
    void close_whileAMoveWaits_endsTheThread_andLaterMovesHarmNobody() {
        LeakAudit threads = LeakAudit.ofThreads("hubwire-stocks", "hubwire-shape");
        ShapeBroadcaster broadcaster = ShapeBroadcaster.start(movers, Duration.ofMinutes(1));
        broadcaster.update(LEFT, "mover");
        await().until(() -> !movers.calls().isEmpty());
        broadcaster.update(RIGHT, "mover");

        broadcaster.close();
        broadcaster.update(LEFT, "mover");

        threads.verify();
        assertThat(movers.calls()).hasSize(1);
    }
}
