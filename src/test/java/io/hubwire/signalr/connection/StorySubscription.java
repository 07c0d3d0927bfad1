package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Subscription;
import java.util.Arrays;
import java.util.List;

/** Writes down what is asked of it. Its loop is the thread of the test: a task runs at once. */
final class StorySubscription implements Subscription {
    static final String CURSOR = "e-9";
    static final long ATTACHED_AT = 11;

    private final List<String> story;
    private final Runnable onDetached;
    private List<Membership> memberships = List.of();
    private boolean stale;
    private boolean over;
    private int tasks;

    StorySubscription(List<String> story, Runnable onDetached) {
        this.story = story;
        this.onDetached = onDetached;
    }

    void joined(String... topics) {
        memberships = Arrays.stream(topics)
                .map(topic -> new Membership(topic, ATTACHED_AT))
                .toList();
    }

    /** How many tasks it has run. */
    int tasks() {
        return tasks;
    }

    void growStale() {
        stale = true;
    }

    @Override
    public void ready() {
        story.add("ready");
    }

    @Override
    public void failed() {
        story.add("commands only");
    }

    @Override
    public void execute(Runnable task) {
        if (!over) {
            tasks++;
            guarded(task);
        }
    }

    /** As a bus does: a task that fails ends the subscription. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            story.add("failed: " + failure.getMessage());
            close();
        }
    }

    @Override
    public void touch() {
        story.add("touch");
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            story.add("close");
            onDetached.run();
        }
    }

    @Override
    public String cursor() {
        return CURSOR;
    }

    @Override
    public long position() {
        return ATTACHED_AT;
    }

    @Override
    public long attachedAt() {
        return ATTACHED_AT;
    }

    @Override
    public boolean cursorIsStale() {
        return stale;
    }

    @Override
    public List<Membership> memberships() {
        return memberships;
    }
}
