package io.hubwire.push.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.domain.LeaseHolder;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.push.kit.TestDatabase;
import io.hubwire.push.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that share a database. */
class ConnectionLeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final MovableClock clock = new MovableClock();
    private final Database database = TestDatabase.open();
    private final ConnectionLeases node = leases("node-1", 1);
    private final ConnectionLeases otherNode = leases("node-2", 1);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void take_connections_areSeenByEveryNode() {
        node.take("bob", "c1");
        otherNode.take("bob", "c2");
        node.take("bob", "c1");

        assertThat(node.live(Set.of("bob", "carol"))).isEqualTo(Map.of("bob", List.of("c1", "c2")));
    }

    @Test
    void sweep_whileTheNodeLives_keepsItsLeases() {
        node.take("bob", "c1");
        otherNode.take("bob", "c2");
        clock.advance(LEASE.minusSeconds(1));
        node.sweep();
        clock.advance(Duration.ofSeconds(2));

        assertThat(node.live(Set.of("bob"))).isEqualTo(Map.of("bob", List.of("c1")));
    }

    @Test
    void release_afterTheConnectionMoved_isLateAndHarmless() {
        node.take("bob", "c1");
        otherNode.take("bob", "c1");
        node.release("bob", "c1");

        assertThat(node.live(Set.of("bob"))).containsKey("bob");
    }

    @Test
    void release_held_isGone() {
        node.take("bob", "c1");
        node.release("bob", "c1");
        node.release("bob", "c1");

        assertThat(node.live(Set.of("bob"))).isEmpty();
    }

    @Test
    void sweep_afterAPauseLongerThanTheLease_writesLiveOnesAgain() {
        node.take("bob", "c1");
        node.take("bob", "moved");
        node.take("bob", "ended");
        node.release("bob", "ended");
        clock.advance(LEASE.plusSeconds(1));
        otherNode.sweep();
        otherNode.take("bob", "moved");
        assertThat(otherNode.live(Set.of("bob"))).isEqualTo(Map.of("bob", List.of("moved")));

        node.sweep();

        assertThat(otherNode.live(Set.of("bob"))).isEqualTo(Map.of("bob", List.of("c1", "moved")));
        node.release("bob", "moved");
        assertThat(otherNode.live(Set.of("bob"))).isEqualTo(Map.of("bob", List.of("c1", "moved")));
    }

    @Test
    void removePredecessors_ofTheSameNode_only() {
        node.take("bob", "c1");
        otherNode.take("bob", "c2");
        leases("node-1", 2).removePredecessors();

        assertThat(node.live(Set.of("bob"))).isEqualTo(Map.of("bob", List.of("c2")));
    }

    private ConnectionLeases leases(String name, long generation) {
        return new ConnectionLeases(database, new LeaseHolder(name, generation), LEASE, clock);
    }
}
