package io.hubwire.signalr.bus;

import java.util.concurrent.CompletionStage;

/**
 * Publish, and deliver in order. Every server-to-client message takes this path, on one node or many. All methods are safe for any
 * thread and never block. Stages complete on an executor that hub methods cannot exhaust, never on a delivery loop.
 */
public interface MessageBus extends AutoCloseable {

    /**
     * Appends to the log. The stage completes with the message's offset once the log has it, which says nothing about delivery; it fails with
     * {@link BusException} when the message was refused (closed, too large, too many topics, backlog full), and then no one receives it.
     */
    CompletionStage<Long> publish(Message message);

    /**
     * Publishes a {@link Command.Join} or {@link Command.Leave} and waits until a node has applied it. The stage fails with {@link BusException} when the
     * subscription's {@link JoinPolicy} refuses, and then nothing was joined; without an answer within 30 s it is cancelled (protocol §8.2).
     */
    CompletionStage<Void> publishAcknowledged(String topic, Command command);

    /** A fresh command id, unique in the farm. */
    String nextCommandId();

    /**
     * Attaches a subscriber on its delivery loop, which first replays what the request's cursor has missed and then goes on live. The
     * returned subscription is usable at once; callbacks begin later, on the loop. The first batch does not wait for {@link Subscription#ready}.
     *
     * @throws BusException when the bus is closed or at its limit of topics
     */
    Subscription subscribe(SubscriptionRequest request, Subscriber subscriber);

    /**
     * What this node's bus holds. The loops find it out between deliveries, a little at a time.
     *
     * @param mostTopics longest list of topics, 0 or more
     * @param mostReaders longest list of subscriptions, 0 or more
     */
    CompletionStage<BusSnapshot> inspect(int mostTopics, int mostReaders);

    /** How many subscriptions of this node read a topic. */
    int subscribers(String topic);

    /** How many entries of the log this node's loops have been given, so that a caller can tell whether anything may be on its way to a subscriber since it asked last. */
    long entries();

    /** Ends all loops and subscriptions; waits for the loops to stop, at most a few seconds. Idempotent. */
    @Override
    void close();
}
