package io.hubwire.push.service;

import static java.lang.System.Logger.Level.WARNING;

import io.hubwire.push.store.Database;

/** Whether the application can do its work. Blocks on the database; thread-safe. */
public final class Liveness {
    private static final System.Logger LOG = System.getLogger(Liveness.class.getName());

    private final Database database;

    public Liveness(Database database) {
        this.database = database;
    }

    public boolean isUp() {
        try {
            database.runInTransaction(stored -> stored.accounts().isEmpty());
            return true;
        } catch (RuntimeException failure) {
            LOG.log(WARNING, "the database does not answer", failure);
            return false;
        }
    }
}
