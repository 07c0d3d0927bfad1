package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.BusException;
import io.hubwire.signalr.bus.BusSnapshot;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.Subscriber;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what is published; each subscription is a {@link StorySubscription}. */
final class StoryBus implements MessageBus {
    private long entries;
    private final List<String> story;
    private boolean closed;

    StoryBus(List<String> story) {
        this.story = story;
    }

    @Override
    public CompletionStage<Long> publish(Message message) {
        story.add("publish " + message.command());
        return closed
                ? CompletableFuture.failedStage(new BusException("closed"))
                : CompletableFuture.completedStage(0L);
    }

    @Override
    public Subscription subscribe(SubscriptionRequest request, Subscriber subscriber) {
        if (closed) {
            throw new BusException("closed");
        }
        return new StorySubscription(story, subscriber::onDetached);
    }

    @Override
    public CompletionStage<Void> publishAcknowledged(String topic, Command command) {
        throw new UnsupportedOperationException("nobody joins here");
    }

    @Override
    public String nextCommandId() {
        throw new UnsupportedOperationException("nobody joins here");
    }

    @Override
    public CompletionStage<BusSnapshot> inspect(int mostTopics, int mostReaders) {
        throw new UnsupportedOperationException("nobody inspects here");
    }

    @Override
    public long entries() {
        return entries;
    }

    /** Somebody publishes. */
    void grow() {
        entries++;
    }

    @Override
    public int subscribers(String topic) {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
