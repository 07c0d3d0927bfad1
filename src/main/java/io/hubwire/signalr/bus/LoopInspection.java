package io.hubwire.signalr.bus;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks over one loop's topics and subscriptions, a slice in each of the loop's rounds, so that delivery waits for a slice at most. What comes or goes on
 * the way may be seen or not. Confined to the loop.
 */
final class LoopInspection implements LoopWork {
    static final Comparator<TopicLoad> BY_SUBSCRIBERS = Comparator.comparingInt(TopicLoad::subscribers);
    static final Comparator<TopicLoad> BY_MESSAGES = Comparator.comparingInt(TopicLoad::messages);
    static final Comparator<ReaderLag> BY_AGE = Comparator.comparing(ReaderLag::age);

    private static final int SLICE = 256;

    private final Consumer<Found> whenDone;
    private final Largest<TopicLoad> mostSubscribed;
    private final Largest<TopicLoad> mostRetained;
    private final Largest<ReaderLag> furthestBehind;
    private int behind;
    private Iterator<Topic> topics;
    private Iterator<LoopSubscription> subscriptions;

    /** What one loop has. */
    record Found(
            int topics,
            long retainedBytes,
            List<TopicLoad> mostSubscribed,
            List<TopicLoad> mostRetained,
            int behind,
            List<ReaderLag> furthestBehind) {}

    /** @param whenDone called on the loop, once */
    LoopInspection(int mostTopics, int mostReaders, Consumer<Found> whenDone) {
        this.whenDone = whenDone;
        this.mostSubscribed = new Largest<>(mostTopics, BY_SUBSCRIBERS);
        this.mostRetained = new Largest<>(mostTopics, BY_MESSAGES);
        this.furthestBehind = new Largest<>(mostReaders, BY_AGE);
    }

    @Override
    public void on(DeliveryLoop loop) {
        topics = loop.topics();
        subscriptions = loop.subscriptions();
        loop.inspect(this);
    }

    /** Goes on by a slice; false when that was the last. */
    boolean goOn(DeliveryLoop loop) {
        int left = SLICE;
        while (left > 0 && topics.hasNext()) {
            note(topics.next());
            left--;
        }
        while (left > 0 && subscriptions.hasNext()) {
            subscriptions.next().lag().ifPresent(this::note);
            left--;
        }
        return topics.hasNext() || subscriptions.hasNext();
    }

    /** Tells what was found so far. */
    void end(DeliveryLoop loop) {
        whenDone.accept(new Found(
                loop.topicCount(),
                loop.retainedBytes(),
                mostSubscribed.list(),
                mostRetained.list(),
                behind,
                furthestBehind.list()));
    }

    private void note(Topic topic) {
        TopicLoad load = topic.load();
        mostSubscribed.offer(load);
        mostRetained.offer(load);
    }

    private void note(ReaderLag lag) {
        behind++;
        furthestBehind.offer(lag);
    }
}
