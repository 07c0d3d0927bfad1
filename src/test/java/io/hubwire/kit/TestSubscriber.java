package io.hubwire.kit;

import io.hubwire.signalr.bus.Batch;
import io.hubwire.signalr.bus.Command;
import io.hubwire.signalr.bus.Gap;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.bus.Message;
import io.hubwire.signalr.bus.MessageBus;
import io.hubwire.signalr.bus.Subscriber;
import io.hubwire.signalr.bus.Subscription;
import io.hubwire.signalr.bus.SubscriptionRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes down everything that a subscription tells it, and what it tells wrongly: calls from two threads, two at once, before the attach, after the end, a
 * batch while one is being written.
 */
public final class TestSubscriber implements Subscriber {
    private static final int PATIENCE_SECONDS = 10;

    private final boolean prompt;
    private final Object lock = new Object();
    private final List<String> received = new ArrayList<>(); // guarded by lock, like what follows
    private final List<Batch> batches = new ArrayList<>();
    private final List<String> cursors = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Optional<Gap> missed = Optional.empty();
    private boolean attached;
    private int detached;
    private boolean writing;
    private Thread loop;
    private boolean inside;
    private volatile Subscription subscription;
    private volatile BiConsumer<String, Subscription> reaction = (event, self) -> {};

    private TestSubscriber(boolean prompt) {
        this.prompt = prompt;
    }

    /** One whose writes are done at once. */
    public static TestSubscriber prompt(MessageBus bus, SubscriptionRequest request) {
        return new TestSubscriber(true).subscribe(bus, request);
    }

    /** One whose writes are done when the test calls {@link #written}. */
    public static TestSubscriber slow(MessageBus bus, SubscriptionRequest request) {
        return new TestSubscriber(false).subscribe(bus, request);
    }

    /** One whose every callback calls {@code reaction} with its name, on the loop, as its last act. */
    public static TestSubscriber reacting(
            MessageBus bus, SubscriptionRequest request, BiConsumer<String, Subscription> reaction) {
        TestSubscriber subscriber = new TestSubscriber(true);
        subscriber.reaction = reaction;
        return subscriber.subscribe(bus, request);
    }

    /** One that throws in the callback named {@code event}. */
    public static TestSubscriber throwingIn(String event, MessageBus bus, SubscriptionRequest request) {
        return reacting(bus, request, (name, self) -> {
            if (name.equals(event)) {
                throw new IllegalStateException("planted in " + event);
            }
        });
    }

    private TestSubscriber subscribe(MessageBus bus, SubscriptionRequest request) {
        subscription = bus.subscribe(request, this);
        return this;
    }

    /* --- what the test does --- */

    public Subscription subscription() {
        return subscription;
    }

    /** The write in flight is done. */
    public void written() {
        synchronized (lock) {
            writing = false;
        }
        subscription.ready();
    }

    /** Asks the subscription something on its loop. */
    public <T> T ask(Function<Subscription, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        subscription.execute(() -> answer.complete(question.apply(subscription)));
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public TestSubscriber awaitAttached() {
        awaitThat("attached", () -> attached);
        return this;
    }

    public TestSubscriber awaitReceived(String last) {
        awaitThat(
                "received " + last, () -> !received.isEmpty() && last(received).equals(last));
        return this;
    }

    public TestSubscriber awaitCommand(Command command) {
        awaitThat("command " + command, () -> commands.contains(command));
        return this;
    }

    public TestSubscriber awaitBatches(int count) {
        awaitThat(count + " batches", () -> batches.size() >= count);
        return this;
    }

    public TestSubscriber awaitDetached() {
        awaitThat("detached", () -> detached > 0);
        return this;
    }

    /** Closes, waits for the end, and returns the cursor of a client that has received everything delivered. */
    public String closeAndCursor() {
        String cursor = ask(Subscription::cursor);
        subscription.close();
        awaitDetached();
        return cursor;
    }

    /* --- what it has seen --- */

    public List<String> received() {
        return snapshot(() -> List.copyOf(received));
    }

    public List<Batch> batches() {
        return snapshot(() -> List.copyOf(batches));
    }

    /** Of the batches, in order. */
    public List<String> cursors() {
        return snapshot(() -> List.copyOf(cursors));
    }

    public List<Command> commands() {
        return snapshot(() -> List.copyOf(commands));
    }

    /** Payloads, commands and gaps in the order in which they came. */
    public List<String> story() {
        return snapshot(() -> List.copyOf(story));
    }

    /** Gaps that came after the attach. */
    public List<Gap> gaps() {
        return snapshot(() -> List.copyOf(gaps));
    }

    /** What was missed before the attach. */
    public Optional<Gap> missed() {
        return snapshot(() -> missed);
    }

    public int detached() {
        return snapshot(() -> detached);
    }

    public List<String> violations() {
        return snapshot(() -> List.copyOf(violations));
    }

    public String loopName() {
        return snapshot(() -> loop.getName());
    }

    public List<String> groups() {
        return ask(asked ->
                asked.memberships().stream().map(Membership::topic).sorted().toList());
    }

    /* --- Subscriber --- */

    @Override
    public void onAttached(Subscription self, Optional<Gap> gap) {
        callback("onAttached", () -> {
            check(!attached, "attached twice");
            attached = true;
            subscription = self; // before subscribe has returned, maybe
            missed = gap;
        });
    }

    @Override
    public void onBatch(Batch batch) {
        callback("onBatch", () -> {
            check(!writing, "a batch came while one was being written");
            writing = !prompt;
            batches.add(batch);
            cursors.add(batch.cursor());
            for (Message message : batch.messages()) {
                String text = new String(message.payload(), StandardCharsets.UTF_8);
                received.add(text);
                story.add(text);
            }
        });
        if (prompt) {
            subscription.ready();
        }
    }

    @Override
    public boolean onCommand(Command command, long offset) {
        callback("onCommand", () -> {
            commands.add(command);
            story.add(command.getClass().getSimpleName());
        });
        return command instanceof Command.Initialize;
    }

    @Override
    public void onGap(Gap gap) {
        callback("onGap", () -> {
            gaps.add(gap);
            story.add("gap");
        });
    }

    @Override
    public void onDetached() {
        synchronized (lock) {
            detached++;
            check(detached == 1, "detached twice");
            lock.notifyAll();
        }
        reaction.accept("onDetached", subscription);
    }

    private void awaitThat(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    throw new AssertionError(
                            "not " + what + " in time; so far " + story + ", violations " + violations);
                }
                waitUpTo(millis);
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop
    private void waitUpTo(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void callback(String name, Runnable action) {
        synchronized (lock) {
            check(!inside, name + " came inside another callback");
            check(detached == 0, name + " came after the end");
            check(attached || name.equals("onAttached"), name + " came before the attach");
            check(loop == null || loop == Thread.currentThread(), name + " came on another thread");
            loop = Thread.currentThread();
            inside = true;
            action.run();
            inside = false;
            lock.notifyAll();
        }
        reaction.accept(name, subscription);
    }

    private void check(boolean right, String violation) {
        if (!right) {
            violations.add(violation);
        }
    }

    private <T> T snapshot(Supplier<T> value) {
        synchronized (lock) {
            return value.get();
        }
    }

    private static String last(List<String> list) {
        return list.get(list.size() - 1);
    }
}
