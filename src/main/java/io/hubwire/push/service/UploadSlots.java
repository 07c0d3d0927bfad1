package io.hubwire.push.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits how many uploads are under way at once, so that slow ones can't take all of the server's threads or fill its
 * disk. Thread-safe; never blocks.
 */
public final class UploadSlots {
    private final int max;
    private final int maxPerOwner;
    // guarded by this; owners with no upload under way are absent
    private final Map<String, Integer> busy = new HashMap<>();
    // guarded by this
    private int total;

    /**
     * None is taken yet.
     *
     * @param max uploads at once, at least 1
     * @param maxPerOwner of one person, at least 1
     */
    public UploadSlots(int max, int maxPerOwner) {
        if (max < 1 || maxPerOwner < 1) {
            throw new IllegalArgumentException("need at least 1 upload at once: " + max + ", " + maxPerOwner);
        }
        this.max = max;
        this.maxPerOwner = maxPerOwner;
    }

    /**
     * Takes room for an upload of the owner.
     *
     * @return empty when there are too many; otherwise a slot that the caller closes once, when the upload is over
     */
    public synchronized Optional<Slot> take(String owner) {
        if (total >= max || busy.getOrDefault(owner, 0) >= maxPerOwner) {
            return Optional.empty();
        }
        total++;
        busy.merge(owner, 1, Integer::sum);
        return Optional.of(() -> release(owner));
    }

    private synchronized void release(String owner) {
        total--;
        busy.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Room for one upload. */
    @FunctionalInterface
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }
}
