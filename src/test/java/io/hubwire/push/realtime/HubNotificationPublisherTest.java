package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.domain.LeaseHolder;
import io.hubwire.push.domain.Person;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.push.kit.TestDatabase;
import io.hubwire.push.service.ConnectionLeases;
import io.hubwire.push.service.InboxItem;
import io.hubwire.push.store.Database;
import io.hubwire.signalr.hub.GroupManager;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubNotificationPublisherTest {
    private final MovableClock clock = new MovableClock();
    private final Database database = TestDatabase.open();
    private final ConnectionLeases leases =
            new ConnectionLeases(database, new LeaseHolder("node", 1), Duration.ofSeconds(90), clock);
    private final List<Call> calls = new ArrayList<>();
    private final List<CompletableFuture<Void>> deliveries = new ArrayList<>();
    private final HubNotificationPublisher publisher = new HubNotificationPublisher(leases, RecordingContext::new);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void publish_recipientsOnline_getTheirOwnItemOnEachConnection() {
        leases.take("bob", "b1");
        leases.take("bob", "b2");
        leases.take("carol", "c1");
        leases.take("stranger", "s1");

        publisher.publish(Map.of("bob", item(1), "carol", item(2), "dave", item(3)));

        assertThat(calls)
                .containsExactlyInAnyOrder(
                        new Call("b1", "broadcastMessage", List.of(item(1))),
                        new Call("b2", "broadcastMessage", List.of(item(1))),
                        new Call("c1", "broadcastMessage", List.of(item(2))));
    }

    @Test
    void publish_expiredLeases_areNotTried() {
        leases.take("bob", "b1");
        clock.advance(Duration.ofSeconds(91));

        assertThat(publisher.publish(Map.of("bob", item(1))).toCompletableFuture())
                .isCompleted();
        assertThat(calls).isEmpty();
    }

    @Test
    void publish_completesWhenAllIsHandedOver() {
        leases.take("bob", "b1");
        leases.take("bob", "b2");

        var published = publisher.publish(Map.of("bob", item(1))).toCompletableFuture();
        deliveries.get(0).complete(null);
        assertThat(published).isNotDone();
        deliveries.get(1).completeExceptionally(new IllegalStateException("bus is down"));

        assertThat(published).isCompletedExceptionally();
    }

    private InboxItem item(long id) {
        return new InboxItem(
                "file",
                id,
                new UUID(0, id),
                "a.txt",
                1,
                "text/plain",
                "other",
                new Person("alice", "Alice Archer"),
                null,
                clock.instant().toString(),
                false);
    }

    private record Call(String connectionId, String method, List<Object> arguments) {}

    /** Knows one selector, that of a connection. */
    private final class RecordingContext implements HubContext<PushClient> {
        @Override
        @SuppressWarnings("unchecked") // a proxy has no other way to be generic
        public HubClients<PushClient> clients() {
            return (HubClients<PushClient>) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {HubClients.class}, (proxy, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("client");
                        return client((String) arguments[0]);
                    });
        }

        @Override
        public GroupManager groups() {
            throw new UnsupportedOperationException("no groups are used");
        }

        private PushClient client(String connectionId) {
            return (PushClient) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {PushClient.class}, (proxy, method, arguments) -> {
                        calls.add(new Call(connectionId, method.getName(), List.of(arguments)));
                        var delivery = new CompletableFuture<Void>();
                        deliveries.add(delivery);
                        return delivery;
                    });
        }
    }
}
