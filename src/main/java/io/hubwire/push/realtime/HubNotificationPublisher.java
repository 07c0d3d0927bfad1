package io.hubwire.push.realtime;

import io.hubwire.push.service.ConnectionLeases;
import io.hubwire.push.service.InboxItem;
import io.hubwire.push.service.NotificationPublisher;
import io.hubwire.signalr.hub.HubClients;
import io.hubwire.signalr.hub.HubContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tells people through {@link PushHub}'s clients: each of a recipient's live connections gets {@code broadcastMessage}. */
public final class HubNotificationPublisher implements NotificationPublisher {
    private final ConnectionLeases leases;
    private final Supplier<HubContext<PushClient>> hub;

    /**
     * Publishes to whoever has a lease.
     *
     * @param hub the context of {@link PushHub}, asked for at each publication
     */
    public HubNotificationPublisher(ConnectionLeases leases, Supplier<HubContext<PushClient>> hub) {
        this.leases = leases;
        this.hub = hub;
    }

    @Override
    public CompletionStage<?> publish(Map<String, InboxItem> items) {
        Map<String, List<String>> live = leases.live(items.keySet());
        HubClients<PushClient> clients = hub.get().clients();
        return CompletableFuture.allOf(live.entrySet().stream()
                .flatMap(connections -> connections.getValue().stream().map(connectionId -> clients.client(connectionId)
                        .broadcastMessage(items.get(connections.getKey()))))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }
}
