package io.hubwire.signalr.bus;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A message at its place in the log. Immutable and shared by all loops. */
final class LogEntry implements LoopWork {
    /** Roughly what a message costs a loop beside its bytes: the entry, its node, its place in the topic, the record. */
    private static final int BOOKKEEPING_BYTES = 160;

    final long offset;
    final Message message;
    /** When it reached this node. */
    final long nanos;
    /** Where the log stands with it: how many entries and bytes have come so far. */
    final LogMark mark;

    final int weight;
    /** Exclusions in lower case, for connection ids, whose case does not matter (protocol §7.4). */
    final Set<String> foldedExclusions;

    LogEntry(long offset, Message message, LogMark previous, long nanos) {
        this.offset = offset;
        this.message = message;
        this.nanos = nanos;
        this.weight = BOOKKEEPING_BYTES + bytes(message);
        this.mark = new LogMark(previous.entries() + 1, previous.bytes() + weight, nanos);
        this.foldedExclusions = message.exclusions().isEmpty()
                ? Set.of()
                : message.exclusions().stream().map(LogEntry::fold).collect(Collectors.toUnmodifiableSet());
    }

    boolean hasExclusions() {
        return !foldedExclusions.isEmpty();
    }

    static String fold(String identity) {
        return identity.toLowerCase(Locale.ROOT);
    }

    /** What counts against the limit for one message. */
    static int bytes(Message message) {
        long bytes = message.payload().length + (long) message.topic().length() + bytes(message.command());
        for (String exclusion : message.exclusions()) {
            bytes += exclusion.length();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE - BOOKKEEPING_BYTES);
    }

    private static int bytes(Command command) {
        if (command instanceof Command.Join join) {
            return join.topic().length() + join.id().length();
        }
        if (command instanceof Command.Leave leave) {
            return leave.topic().length() + leave.id().length();
        }
        if (command instanceof Command.Refuse refuse) {
            return bytes(refuse.join()) + refuse.reason().length();
        }
        return 0;
    }

    @Override
    public void on(DeliveryLoop loop) {
        loop.append(this);
    }
}
