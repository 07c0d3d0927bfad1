package io.hubwire.push.security;

import io.hubwire.signalr.security.RateLimit;
import java.time.Duration;
import java.util.Optional;

/** Limits how many uploads a person begins in an hour, so that nobody fills the inboxes of all followers. Thread-safe; never blocks. A node counts what comes to it. */
public final class UploadRate {
    private static final Duration HOUR = Duration.ofHours(1);

    /** People remembered; of more, some have all of their hour again. */
    private static final int MAX_PEOPLE = 100_000;

    private final RateLimit rate;

    /** @param mostPerHour of one person, at once and each hour on average; at least 1 */
    public UploadRate(int mostPerHour) {
        rate = new RateLimit(mostPerHour, HOUR, MAX_PEOPLE);
    }

    public int mostPerHour() {
        return rate.most();
    }

    /**
     * Counts an upload that begins.
     *
     * @return empty when it may; otherwise how long to wait, and nothing was counted
     */
    public Optional<Duration> begin(String owner) {
        return rate.use(owner);
    }
}
