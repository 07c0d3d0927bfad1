package io.hubwire.load.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run must show.
 *
 * @param growthPercent what the heap after collection may gain from the second sample to the last
 */
record SoakRules(int growthPercent) {
    /** What comes and goes with no client's doing: timers, the pool of the database. */
    static final int THREAD_SLACK = 6;

    /** The request threads of the container at most. */
    static final int LARGEST_POOL = 200;

    /** What may be left of many clients: caches with limits, such as that of the database, and the tails of the message bus. */
    static final long HEAP_SLACK_BYTES = 64L * 1024 * 1024;

    private static final int FEWEST_SAMPLES = 3;
    private static final int PERCENT = 100;

    /**
     * Judges.
     *
     * @param empty before the crowd came, after a few clients had come and gone
     * @param samples while it was there
     * @param after when all had left
     * @param complaints of the clients
     * @param problems in the server's log
     * @return what is wrong, in words; empty when all is well
     */
    List<String> broken(
            SoakSample empty,
            List<SoakSample> samples,
            SoakSample after,
            List<String> complaints,
            List<String> problems) {
        if (samples.size() < FEWEST_SAMPLES) {
            return List.of("there are " + samples.size() + " samples, fewer than " + FEWEST_SAMPLES);
        }
        List<String> broken = new ArrayList<>(complaints);
        problems.forEach(line -> broken.add("the server's log says: " + line));
        errors(after, broken);
        nothingDone(after, broken);
        Stream.concat(samples.stream(), Stream.of(after)).forEach(sample -> connections(sample, broken));
        heap(samples, broken);
        threads(samples, broken);
        leftBehind(empty, after, broken);
        return broken;
    }

    private static void errors(SoakSample last, List<String> broken) {
        if (last.crowd().errors() > 0 || last.problems() > 0) {
            broken.add(last.crowd().errors() + " errors were seen, and " + last.problems() + " warnings logged");
        }
    }

    private static void nothingDone(SoakSample last, List<String> broken) {
        Crowd.State crowd = last.crowd();
        if (crowd.count(Deed.UPLOAD) == 0
                || crowd.count(Deed.BROADCAST) == 0
                || crowd.count(Deed.SAY) == 0
                || crowd.deliveries().delivered() == 0) {
            broken.add("nothing was shown: " + crowd);
        }
    }

    private static void connections(SoakSample sample, List<String> broken) {
        int found = sample.server().connections();
        if (found < sample.fewest() || found > sample.most()) {
            broken.add("minute " + sample.label() + ": the server has " + found + " sessions, but " + sample.fewest()
                    + " to " + sample.most() + " clients");
        }
    }

    private void heap(List<SoakSample> samples, List<String> broken) {
        long before = samples.get(1).server().heapBytes();
        long last = samples.get(samples.size() - 1).server().heapBytes();
        double growth = PERCENT * (last - before) / (double) before;
        if (growth > growthPercent) {
            broken.add(String.format(
                    Locale.ROOT,
                    "the heap after collection has grown by %.1f %%, from %d to %d bytes; %d %% are allowed",
                    growth,
                    before,
                    last,
                    growthPercent));
        }
    }

    private static void threads(List<SoakSample> samples, List<String> broken) {
        int allowed = samples.get(1).server().otherThreads() + THREAD_SLACK;
        for (SoakSample sample : samples.subList(2, samples.size())) {
            if (sample.server().otherThreads() > allowed) {
                broken.add("minute " + sample.label() + ": " + sample.server().otherThreads() + " threads, more than "
                        + allowed);
            }
        }
        for (SoakSample sample : samples) {
            if (sample.server().poolThreads() > LARGEST_POOL) {
                broken.add("minute " + sample.label() + ": " + sample.server().poolThreads()
                        + " threads for requests, more than " + LARGEST_POOL);
            }
        }
    }

    private static void leftBehind(SoakSample empty, SoakSample after, List<String> broken) {
        long heap = after.server().heapBytes() - empty.server().heapBytes();
        if (heap > HEAP_SLACK_BYTES) {
            broken.add("when all had left, " + heap + " bytes of heap were used more than before; " + HEAP_SLACK_BYTES
                    + " are allowed");
        }
        int threads = after.server().otherThreads() - empty.server().otherThreads();
        if (threads > THREAD_SLACK) {
            broken.add("when all had left, there were " + threads + " threads more than before; " + THREAD_SLACK
                    + " are allowed");
        }
    }
}
