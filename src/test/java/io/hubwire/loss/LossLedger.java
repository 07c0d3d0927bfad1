package io.hubwire.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Compares what was published with what each client received and with the gaps that the server reported. Messages belong to streams and are numbered
 * from 0 in each; every message has an offset in the log, and a client must see the messages of all its streams in the order of their offsets.
 *
 * <p>Safe for any thread. A message must be told as published before it is told as received.
 */
final class LossLedger {
    private static final int MOST_COMPLAINTS = 50;

    // guarded by this
    private final Map<String, Offsets> streams = new LinkedHashMap<>();
    private final Map<String, Reader> readers = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long received;

    /** The offsets of one stream's messages, by their numbers. */
    private static final class Offsets {
        private long[] offsets = new long[64];
        private int count;

        void add(long offset) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            offsets[count++] = offset;
        }
    }

    /** What one client has received. */
    private static final class Reader {
        private final Map<String, Integer> next = new LinkedHashMap<>();
        private final TreeMap<Long, String> missing = new TreeMap<>(); // by offset
        private final List<Gap> gaps = new ArrayList<>();
        private long lastOffset = -1;
    }

    /**
     * What the server reported as lost.
     *
     * @param from the offset after which something is lost; empty for any
     * @param to the last offset up to which something is lost
     * @param count how many messages; empty if the server does not know
     */
    record Gap(OptionalLong from, long to, OptionalLong count) {}

    /** A client is to receive every message of these streams from now on. */
    synchronized void expect(String client, Set<String> wanted) {
        Reader reader = readers.computeIfAbsent(client, name -> new Reader());
        wanted.forEach(stream -> reader.next.put(stream, offsets(stream).count));
    }

    synchronized void published(String stream, long number, long offset) {
        Offsets offsets = offsets(stream);
        if (number != offsets.count) {
            throw new IllegalArgumentException(stream + " goes on with " + offsets.count + ", not with " + number);
        }
        offsets.add(offset);
    }

    synchronized void received(String client, String stream, long number) {
        received++;
        Reader reader = readers.get(client);
        Integer next = reader == null ? null : reader.next.get(stream);
        if (next == null || number >= offsets(stream).count) {
            complain(client + " received " + stream + " " + number + ", which is not for it");
            return;
        }
        long offset = offsets(stream).offsets[(int) number];
        if (number < next) {
            boolean late = reader.missing.remove(offset) != null;
            complain(client + " received " + stream + " " + number + (late ? " after a later one" : " twice"));
            return;
        }
        if (offset < reader.lastOffset) {
            complain(client + " received " + stream + " " + number + " after a later message of another stream");
        }
        miss(reader, stream, next, (int) number);
        reader.next.put(stream, (int) number + 1);
        reader.lastOffset = Math.max(reader.lastOffset, offset);
    }

    private void miss(Reader reader, String stream, int from, int to) {
        for (int number = from; number < to; number++) {
            reader.missing.put(offsets(stream).offsets[number], stream + " " + number);
        }
    }

    synchronized void reported(String client, Gap gap) {
        Reader reader = readers.get(client);
        if (reader == null) {
            complain("a gap was reported to " + client + ", which nobody knows: " + gap);
        } else {
            reader.gaps.add(gap);
        }
    }

    /** Something else that must not happen. */
    synchronized void complain(String what) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(what);
        }
    }

    /** Streams of which a client may still receive something, as client, stream and the number that it waits for. */
    synchronized List<String> behind() {
        List<String> behind = new ArrayList<>();
        readers.forEach((client, reader) -> reader.next.forEach((stream, next) -> {
            if (waits(reader, offsets(stream), next)) {
                behind.add(client + " " + stream + " " + next);
            }
        }));
        return behind;
    }

    private static boolean waits(Reader reader, Offsets stream, int next) {
        return IntStream.range(next, stream.count)
                .mapToLong(number -> stream.offsets[number])
                .anyMatch(offset -> reader.gaps.stream().noneMatch(gap -> covers(gap, offset)));
    }

    /** How many messages have been received, by all clients together. */
    synchronized long received() {
        return received;
    }

    /** How many messages have not been received, although the client has received later ones of their streams. */
    synchronized long missing() {
        return readers.values().stream()
                .mapToLong(reader -> reader.missing.size())
                .sum();
    }

    synchronized long gaps() {
        return readers.values().stream().mapToLong(reader -> reader.gaps.size()).sum();
    }

    /** Everything that is wrong so far; when all is over and told, this must be empty. */
    synchronized List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        readers.forEach((client, reader) -> check(client, reader, all));
        return all;
    }

    private void check(String client, Reader reader, List<String> all) {
        TreeMap<Long, String> missing = new TreeMap<>(reader.missing);
        reader.next.forEach((stream, next) -> {
            for (int number = next; number < offsets(stream).count; number++) {
                missing.put(offsets(stream).offsets[number], stream + " " + number);
            }
        });
        missing.entrySet().stream()
                .filter(lost -> reader.gaps.stream().noneMatch(gap -> covers(gap, lost.getKey())))
                .map(lost -> client + " never received " + lost.getValue() + " (offset " + lost.getKey()
                        + ") and was not told; reported: " + reader.gaps)
                .forEach(all::add);
        long told = missing.keySet().stream()
                .filter(offset -> reader.gaps.stream().anyMatch(gap -> covers(gap, offset)))
                .count();
        long counted =
                reader.gaps.stream().mapToLong(gap -> gap.count().orElse(told)).sum();
        if (counted < told) {
            all.add(client + " lost " + told + " messages, but was told of " + counted + ": " + reader.gaps);
        }
        for (Gap gap : reader.gaps) {
            long lost = missing.keySet().stream()
                    .filter(offset -> covers(gap, offset))
                    .count();
            if (lost < Math.max(1, gap.count().orElse(1))) {
                all.add(client + " was told of a loss that is none: " + gap + "; missing there: " + lost);
            }
        }
    }

    private static boolean covers(Gap gap, long offset) {
        return offset <= gap.to() && offset > gap.from().orElse(-1);
    }

    private Offsets offsets(String stream) {
        return streams.computeIfAbsent(stream, name -> new Offsets());
    }
}
