package io.hubwire.conformance;

import io.hubwire.signalr.hub.HubMethodName;
import io.hubwire.signalr.hub.Progress;
import io.hubwire.signalr.hub.TypedHub;
import io.hubwire.signalr.protocol.RawJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Something of every kind of type, for typings. */
public class OrderHub extends TypedHub<OrderHub.OrderClient> {

    /** What pages offer. */
    public interface OrderClient {
        void placed(Order order, Instant at);

        CompletionStage<Void> moved(String id, State state);

        void hint(String text);

        void hint(String text, int seconds);

        @HubMethodName("the-end")
        void end();
    }

    /** Written as a number. */
    public enum State {
        OPEN,
        SHIPPED
    }

    /** Contains others like itself. */
    public record Order(String id, State state, double total, Optional<String> note, List<Order> parts) {}

    /** Of anything. */
    public record Page<T>(List<T> items, boolean last) {}

    /** A bean. */
    public static class Customer {
        private String name;
        private boolean known;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public boolean isKnown() {
            return known;
        }

        public void setKnown(boolean known) {
            this.known = known;
        }
    }

    public String place(Order order, Customer customer) {
        clients().all().placed(order, Instant.EPOCH);
        return order.id() + " for " + customer.getName();
    }

    public CompletionStage<Page<Order>> list(int offset) {
        return list(offset, 10);
    }

    public CompletionStage<Page<Order>> list(int offset, int limit) {
        return CompletableFuture.completedStage(new Page<>(List.of(), limit > offset));
    }

    public Future<Optional<State>> state(String id) {
        return CompletableFuture.completedFuture(Optional.of(State.SHIPPED));
    }

    public Map<String, Long> totals(byte[] key, Instant since) {
        return Map.of("a", 1L);
    }

    public CompletionStage<Void> move(String id, State state) {
        return clients().others().moved(id, state);
    }

    public int importAll(String[] files, Progress<String> progress) {
        progress.report(files[0]);
        return files.length;
    }

    public RawJson anything(Object value) {
        return RawJson.NULL;
    }

    @HubMethodName("Delete_All")
    public void deleteAll() {
        clients().all().end();
    }
}
