package io.hubwire.examples;

import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Calling clients and changing groups from elsewhere: a service, a timer, a JAX-RS resource. The context is asked for once and kept. */
final class OutsideHubs {
    private final HubContext<ClientProxy> context;

    /** @param context {@code GlobalHost.connectionManager().hubContext(ContosoChatHub.class)}, or injected */
    OutsideHubs(HubContext<ClientProxy> context) {
        this.context = context;
    }

    void updateStockPrices(List<StockHub.Stock> changed) {
        changed.forEach(stock -> context.clients().all().invoke("updateStockPrice", stock));
    }

    void tellOne(String connectionId, String name, String message) {
        context.clients().client(connectionId).invoke("addContosoChatMessageToPage", name, message);
    }

    /** As {@code others()} would, for a caller that a hub has passed on. */
    void tellOthers(String connectionId, String name, String message) {
        context.clients().allExcept(connectionId).invoke("addContosoChatMessageToPage", name, message);
    }

    void tellGroup(String groupName, String excluded, String name, String message) {
        context.clients().group(groupName, excluded).invoke("addContosoChatMessageToPage", name, message);
    }

    CompletionStage<Void> addToGroup(String connectionId, String groupName) {
        return context.groups().add(connectionId, groupName);
    }

    CompletionStage<Void> removeFromGroup(String connectionId, String groupName) {
        return context.groups().remove(connectionId, groupName);
    }
}
