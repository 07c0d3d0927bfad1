package io.hubwire.signalr.transport;

import io.hubwire.signalr.metrics.Limit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts the sessions of a node: all of them, each user's and each address's. Safe for any thread; exact, since each count moves only below its limit. */
final class Population {
    private static final String ALL = "";

    private final Count all;
    private final Count byUser;
    private final Count byAddress;

    Population(SessionLimits limits) {
        all = new Count(limits.most());
        byUser = new Count(limits.mostPerUser());
        byAddress = new Count(limits.mostPerAddress());
    }

    /**
     * One more.
     *
     * @return what it would be too many for, and then nothing is counted; empty when it was counted
     */
    Optional<Limit> add(Peer peer) {
        if (!all.add(ALL)) {
            return Optional.of(Limit.CONNECTIONS);
        }
        if (!byAddress.add(peer.network())) {
            all.remove(ALL);
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        if (peer.user().isPresent() && !byUser.add(peer.user().get())) {
            byAddress.remove(peer.network());
            all.remove(ALL);
            return Optional.of(Limit.CONNECTIONS_PER_USER);
        }
        return Optional.empty();
    }

    /** One that was added is gone. */
    void remove(Peer peer) {
        peer.user().ifPresent(byUser::remove);
        byAddress.remove(peer.network());
        all.remove(ALL);
    }

    int size() {
        return all.of(ALL);
    }

    /** Users and networks that are counted at the moment. */
    int countedKeys() {
        return byUser.size() + byAddress.size();
    }

    /** Counts by key; what is at zero is forgotten. */
    private static final class Count {
        private final int most;
        private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

        Count(int most) {
            this.most = most;
        }

        boolean add(String key) {
            while (true) {
                Integer now = counts.get(key);
                if (now == null) {
                    if (counts.putIfAbsent(key, 1) == null) {
                        return true;
                    }
                } else if (now >= most) {
                    return false;
                } else if (counts.replace(key, now, now + 1)) {
                    return true;
                }
            }
        }

        void remove(String key) {
            counts.computeIfPresent(key, (same, now) -> now == 1 ? null : now - 1);
        }

        int of(String key) {
            return counts.getOrDefault(key, 0);
        }

        int size() {
            return counts.size();
        }
    }
}
