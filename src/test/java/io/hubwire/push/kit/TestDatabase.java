package io.hubwire.push.kit;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Person;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.DatabaseOptions;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A database of its own in memory, brought up by the migrations. */
public final class TestDatabase {
    private TestDatabase() {}

    public static Database open() {
        return Database.open(new DatabaseOptions("jdbc:h2:mem:" + UUID.randomUUID(), "hubwire", "", 4));
    }

    /** With people who can't sign in. */
    public static Database open(String... names) {
        Database database = open();
        database.runInTransaction(stored -> {
            for (String name : names) {
                stored.accounts().add(account(name), Instant.EPOCH);
            }
        });
        return database;
    }

    public static Account account(String name) {
        return new Account(new Person(name, "The " + name), "no hash", Set.of("user"));
    }
}
