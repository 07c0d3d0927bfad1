package io.hubwire.signalr.security;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Lets each key do something so many times at once, and so many times in a period on average: what was used comes back evenly, one at a time (the generic
 * cell rate algorithm, ITU-T I.371). Safe for any thread; takes no lock that is held while anything else happens, and has no timer.
 *
 * <p>Remembers one number for each key that has not all of its allowance back, up to a number of keys; beyond that it forgets some, and those have all of theirs again.
 */
public final class RateLimit {
    private static final int FIRST_SWEEP = 1024;

    private final int most;
    private final long intervalNanos; // in which one comes back
    private final long burstNanos; // in which all come back
    private final int maxKeys;
    private final LongSupplier nanoTime;
    // when all of the key's allowance will be back; absent: it is
    private final ConcurrentMap<String, Long> fullAgain = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt;

    /**
     * @param most at once, and in each period; at least 1
     * @param period at least {@code most} nanoseconds
     * @param maxKeys remembered at a time, at least 1
     */
    public RateLimit(int most, Duration period, int maxKeys) {
        this(most, period, maxKeys, System::nanoTime);
    }

    RateLimit(int most, Duration period, int maxKeys, LongSupplier nanoTime) {
        if (most < 1 || maxKeys < 1 || period.toNanos() < most) {
            throw new IllegalArgumentException(
                    "need most >= 1, maxKeys >= 1 and a period of at least as many nanoseconds: " + most + ", "
                            + maxKeys + ", " + period);
        }
        this.most = most;
        this.intervalNanos = period.toNanos() / most;
        this.burstNanos = intervalNanos * most;
        this.maxKeys = maxKeys;
        this.nanoTime = nanoTime;
        this.sweepAt = new AtomicInteger(Math.min(FIRST_SWEEP, maxKeys));
    }

    /** The number that was given. */
    public int most() {
        return most;
    }

    /**
     * Uses one of the key's allowance.
     *
     * @return empty when there was one; otherwise how long until there will be, and nothing was used
     */
    public Optional<Duration> use(String key) {
        long now = nanoTime.getAsLong();
        while (true) {
            Long before = fullAgain.get(key);
            long start = before == null || before - now < 0 ? now : before;
            long missing = start + intervalNanos - now - burstNanos;
            if (missing > 0) {
                return Optional.of(Duration.ofNanos(missing));
            }
            long after = start + intervalNanos;
            if (before != null ? fullAgain.replace(key, before, after) : fullAgain.putIfAbsent(key, after) == null) {
                makeRoom(now);
                return Optional.empty();
            }
        }
    }

    /** How many keys are remembered. */
    int size() {
        return fullAgain.size();
    }

    private void makeRoom(long now) {
        int limit = sweepAt.get();
        int size = fullAgain.size();
        if (size <= limit || !sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            return;
        }
        fullAgain.values().removeIf(time -> time - now <= 0);
        var any = fullAgain.keySet().iterator();
        for (int left = fullAgain.size(); left > maxKeys && any.hasNext(); left--) {
            any.next();
            any.remove();
        }
        sweepAt.set(Math.min(Math.max(FIRST_SWEEP, 2 * fullAgain.size()), maxKeys));
    }
}
