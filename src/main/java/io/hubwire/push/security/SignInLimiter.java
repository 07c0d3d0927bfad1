package io.hubwire.push.security;

import io.hubwire.push.domain.UserName;
import io.hubwire.signalr.security.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing: after a number of failures within a window, a pair of user name and address, or an address whatever
 * the names, is refused until the window ends. Of IPv6 a /64 counts as one address. Thread-safe; never blocks.
 */
public final class SignInLimiter {
    /** Failures for one name from one address, per window. */
    public static final int MAX_PER_NAME = 5;

    /** Failures from one address, whatever the names, per window: offices share an address. */
    public static final int MAX_PER_ADDRESS = 100;

    public static final Duration WINDOW = Duration.ofMinutes(5);

    /** Windows remembered. When there are more, the oldest is forgotten: memory is bounded, the limit then is not exact. */
    public static final int MAX_WINDOWS = 20_000;

    private static final int MAX_NAME_LENGTH = 64;

    private final Clock clock;
    // guarded by this; in the order in which the windows began
    private final Map<Key, Window> windows = new LinkedHashMap<>();

    public SignInLimiter(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed before it is made, so that many at once are no way around the limit.
     *
     * @return empty when it may be made; otherwise how long to wait, and nothing was counted
     */
    public synchronized Optional<Duration> begin(String userName, String address) {
        Instant now = clock.instant();
        forgetClosed(now);
        Window byName = windows.get(byName(userName, address));
        Window byAddress = windows.get(byAddress(address));
        if (isFull(byName, MAX_PER_NAME)) {
            return Optional.of(byName.remaining(now));
        }
        if (isFull(byAddress, MAX_PER_ADDRESS)) {
            return Optional.of(byAddress.remaining(now));
        }
        count(byName(userName, address), now);
        count(byAddress(address), now);
        return Optional.empty();
    }

    /** The attempt was right after all: it isn't counted, nor are earlier ones for the name. */
    public synchronized void succeeded(String userName, String address) {
        windows.remove(byName(userName, address));
        windows.computeIfPresent(byAddress(address), (key, window) -> window.less());
    }

    private void forgetClosed(Instant now) {
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext() && !oldestFirst.next().isOpen(now)) {
            oldestFirst.remove();
        }
    }

    private void count(Key key, Instant now) {
        windows.merge(key, new Window(now, 1), (window, first) -> window.more());
        if (windows.size() > MAX_WINDOWS) {
            windows.remove(windows.keySet().iterator().next());
        }
    }

    private static boolean isFull(Window window, int max) {
        return window != null && window.failures() >= max;
    }

    private static Key byName(String userName, String address) {
        String name = UserName.canonical(userName).orElse(userName);
        return new Key(name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH)), ClientAddress.network(address));
    }

    private static Key byAddress(String address) {
        return new Key(null, ClientAddress.network(address));
    }

    /** @param userName null for all names */
    private record Key(String userName, String address) {}

    private record Window(Instant start, int failures) {
        boolean isOpen(Instant now) {
            return now.isBefore(start.plus(WINDOW));
        }

        Duration remaining(Instant now) {
            return Duration.between(now, start.plus(WINDOW));
        }

        Window more() {
            return new Window(start, failures + 1);
        }

        Window less() {
            return new Window(start, Math.max(0, failures - 1));
        }
    }
}
