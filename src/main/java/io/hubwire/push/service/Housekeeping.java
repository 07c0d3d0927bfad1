package io.hubwire.push.service;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.hubwire.push.store.Database;
import io.hubwire.push.store.FileStorage;
import io.hubwire.push.store.RevokedTokenStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** What must be done again and again, so that nothing that is over stays for ever. Blocking; one thread at a time. */
public final class Housekeeping {
    /** Far beyond the time that an upload can take. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(6);

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final ConnectionLeases leases;
    private final RevokedTokenStore revokedTokens;
    private final Database database;
    private final FileStorage storage;
    private final Clock clock;

    public Housekeeping(
            ConnectionLeases leases,
            RevokedTokenStore revokedTokens,
            Database database,
            FileStorage storage,
            Clock clock) {
        this.leases = leases;
        this.revokedTokens = revokedTokens;
        this.database = database;
        this.storage = storage;
        this.clock = clock;
    }

    /** Clears up after a process that was killed. */
    public void afterStart() {
        leases.removePredecessors();
        try {
            int removed = storage.removeAbandoned(
                    id -> database.inTransaction(stored -> stored.files().exists(id)),
                    ABANDONED_AFTER,
                    clock.instant());
            if (removed > 0) {
                LOG.log(INFO, "removed {0} remains of uploads that were cut off", removed);
            }
        } catch (IOException failure) {
            LOG.log(WARNING, "remains of uploads that were cut off stay until the next start", failure);
        }
    }

    /** A failure is logged, and no reason not to come again. */
    public void sweep() {
        try {
            leases.sweep();
            revokedTokens.forgetExpired(clock.instant());
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "the sweep failed and will be tried again", failure);
        }
    }
}
