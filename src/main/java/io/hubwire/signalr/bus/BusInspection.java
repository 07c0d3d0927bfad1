package io.hubwire.signalr.bus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks every loop of a bus what it holds, and makes one picture of the answers. Any thread; does not block. */
final class BusInspection {
    private final List<DeliveryLoop> loops;
    private final int mostTopics;
    private final int mostReaders;

    BusInspection(List<DeliveryLoop> loops, int mostTopics, int mostReaders) {
        this.loops = loops;
        this.mostTopics = mostTopics;
        this.mostReaders = mostReaders;
    }

    /** What they hold, loops left out that have ended. */
    CompletionStage<BusSnapshot> run(Completions completions) {
        List<CompletableFuture<LoopInspection.Found>> parts = new ArrayList<>();
        for (DeliveryLoop loop : loops) {
            CompletableFuture<LoopInspection.Found> part = new CompletableFuture<>();
            LoopWork inspection =
                    new LoopInspection(mostTopics, mostReaders, found -> completions.run(() -> part.complete(found)));
            if (loop.offer(inspection)) {
                parts.add(part);
            }
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        combine(parts.stream().map(CompletableFuture::join).toList()));
    }

    /** Every loop holds all messages, but its own subscribers only. */
    private BusSnapshot combine(List<LoopInspection.Found> parts) {
        Map<String, TopicLoad> subscribed = new HashMap<>();
        Map<String, TopicLoad> retained = new HashMap<>();
        Largest<ReaderLag> furthestBehind = new Largest<>(mostReaders, LoopInspection.BY_AGE);
        for (LoopInspection.Found part : parts) {
            part.mostSubscribed().forEach(load -> subscribed.merge(load.name(), whole(load), BusInspection::larger));
            part.mostRetained().forEach(load -> retained.merge(load.name(), whole(load), BusInspection::larger));
            part.furthestBehind().forEach(furthestBehind::offer);
        }
        return new BusSnapshot(
                parts.stream().mapToInt(LoopInspection.Found::topics).max().orElse(0),
                parts.stream()
                        .mapToLong(LoopInspection.Found::retainedBytes)
                        .max()
                        .orElse(0),
                largest(subscribed, LoopInspection.BY_SUBSCRIBERS),
                largest(retained, LoopInspection.BY_MESSAGES),
                parts.stream().mapToInt(LoopInspection.Found::behind).sum(),
                furthestBehind.list());
    }

    private TopicLoad whole(TopicLoad ofOneLoop) {
        return new TopicLoad(ofOneLoop.name(), DeliveryLoop.memberCount(loops, ofOneLoop.name()), ofOneLoop.messages());
    }

    private static TopicLoad larger(TopicLoad one, TopicLoad other) {
        return one.messages() >= other.messages() ? one : other;
    }

    private List<TopicLoad> largest(Map<String, TopicLoad> loads, Comparator<TopicLoad> order) {
        Largest<TopicLoad> largest = new Largest<>(mostTopics, order);
        loads.values().forEach(largest::offer);
        return largest.list();
    }
}
