package io.hubwire.load.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Compares what was published with what each receiver got. A message belongs to a stream, and whoever is expected to read the stream when it is published must
 * get it exactly once and within a bound, unless they leave. Not thread-safe. Instants are those of {@link System#nanoTime}.
 */
final class DeliveryLedger {
    private static final int MOST_COMPLAINTS = 50;

    private final long boundNanos;
    private final Map<String, Set<Receiver>> readers = new HashMap<>();
    private final List<Message> messages = new ArrayList<>(); // by number
    private final Deque<Message> unchecked = new ArrayDeque<>();
    private final Set<Receiver> behind = new LinkedHashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private long delivered;
    private long lost;
    private long doubled;
    private long late;
    private long foreign;
    private long slowestNanos;

    /** @param boundNanos after which a message is late */
    DeliveryLedger(long boundNanos) {
        this.boundNanos = boundNanos;
    }

    /** Someone who reads. */
    static final class Receiver {
        private final String name;
        private final Set<String> streams;
        private final BitSet got = new BitSet(); // by number of the message
        private final Set<Integer> overdue = new LinkedHashSet<>();
        private boolean left;

        private Receiver(String name, Set<String> streams) {
            this.name = name;
            this.streams = Set.copyOf(streams);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Message {
        private final int number;
        private final String stream;
        private final long atNanos;
        private List<Receiver> expected;

        Message(int number, String stream, long atNanos, List<Receiver> expected) {
            this.number = number;
            this.stream = stream;
            this.atNanos = atNanos;
            this.expected = expected;
        }

        @Override
        public String toString() {
            return "message " + number + " of " + stream;
        }
    }

    /**
     * What has happened so far.
     *
     * @param delivered messages that somebody got, each receiver counted
     * @param lost never came
     * @param doubled came again
     * @param late came, but after the bound
     * @param foreign came to somebody whom they were not for
     * @param slowestMillis the longest that one was under way
     */
    record Totals(long delivered, long lost, long doubled, long late, long foreign, long slowestMillis) {
        long wrong() {
            return lost + doubled + late + foreign;
        }
    }

    /** Someone is coming, who may get messages of these streams from now on, but need not. */
    Receiver arrive(String name, Set<String> streams) {
        return new Receiver(name, streams);
    }

    /** The receiver is here, and must get what is published to its streams from now on. */
    void expect(Receiver receiver) {
        receiver.streams.forEach(stream ->
                readers.computeIfAbsent(stream, name -> new HashSet<>()).add(receiver));
    }

    /** The receiver is gone for good. What is overdue is lost; the rest need not come any more. */
    void leave(Receiver receiver) {
        receiver.left = true;
        receiver.streams.forEach(stream ->
                readers.computeIfAbsent(stream, name -> new HashSet<>()).remove(receiver));
        lose(receiver);
        behind.remove(receiver);
    }

    /** Something is about to be published.
     *
     * @return the number to publish it under */
    int publish(String stream, long nowNanos) {
        Message message =
                new Message(messages.size(), stream, nowNanos, List.copyOf(readers.getOrDefault(stream, Set.of())));
        messages.add(message);
        unchecked.add(message);
        return message.number;
    }

    /** A message could not be published: nobody must get it. */
    void withdraw(int number) {
        messages.get(number).expected = List.of();
    }

    void received(Receiver receiver, int number, long nowNanos) {
        if (number < 0 || number >= messages.size() || !receiver.streams.contains(messages.get(number).stream)) {
            foreign++;
            complain(receiver + " got message " + number + ", which is not for it");
            return;
        }
        Message message = messages.get(number);
        if (receiver.got.get(number)) {
            doubled++;
            complain(receiver + " got " + message + " twice");
            return;
        }
        receiver.got.set(number);
        delivered++;
        long nanos = nowNanos - message.atNanos;
        slowestNanos = Math.max(slowestNanos, nanos);
        if (receiver.overdue.remove(number)) {
            late++;
            complain(receiver + " got " + message + " after " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
        }
    }

    /** Finds what is overdue. To be called about as often as the bound. */
    void check(long nowNanos) {
        while (!unchecked.isEmpty() && nowNanos - unchecked.peek().atNanos > boundNanos) {
            Message message = unchecked.remove();
            missing(message).forEach(receiver -> {
                receiver.overdue.add(message.number);
                behind.add(receiver);
            });
            message.expected = List.of();
        }
    }

    /** Whether everybody has everything. */
    boolean isSettled() {
        return behind.stream().allMatch(receiver -> receiver.overdue.isEmpty())
                && unchecked.stream().allMatch(message -> missing(message).isEmpty());
    }

    /** It is over: what has not come by now is lost. */
    void finish() {
        for (Message message : unchecked) {
            missing(message).forEach(receiver -> {
                receiver.overdue.add(message.number);
                behind.add(receiver);
            });
        }
        unchecked.clear();
        behind.forEach(this::lose);
        behind.clear();
    }

    private static List<Receiver> missing(Message message) {
        return message.expected.stream()
                .filter(receiver -> !receiver.left && !receiver.got.get(message.number))
                .toList();
    }

    private void lose(Receiver receiver) {
        for (int number : receiver.overdue) {
            lost++;
            complain(receiver + " never got " + messages.get(number));
        }
        receiver.overdue.clear();
    }

    private void complain(String what) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(what);
        }
    }

    /** What is wrong so far, in words; the first {@value #MOST_COMPLAINTS}. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Totals totals() {
        return new Totals(delivered, lost, doubled, late, foreign, TimeUnit.NANOSECONDS.toMillis(slowestNanos));
    }
}
