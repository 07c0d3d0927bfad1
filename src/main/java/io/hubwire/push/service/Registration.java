package io.hubwire.push.service;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.PasswordHasher;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.UserName;
import io.hubwire.push.store.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;

/** Brings accounts into being. Blocking; thread-safe. */
public final class Registration {
    private final Database database;
    private final PasswordHasher hasher;
    private final Clock clock;

    public Registration(Database database, PasswordHasher hasher, Clock clock) {
        this.database = database;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * Adds all of them when there is nobody yet, otherwise none.
     *
     * @throws IllegalArgumentException when a name is no canonical user name
     */
    public void addFirst(Collection<Newcomer> newcomers) {
        database.runInTransaction(stored -> {
            if (stored.accounts().isEmpty()) {
                newcomers.forEach(newcomer -> stored.accounts().add(account(newcomer), clock.instant()));
            }
        });
    }

    /**
     * Adds those whose names nobody has; the others stay as they are.
     *
     * @throws IllegalArgumentException when a name is no canonical user name
     */
    public void addMissing(Collection<Newcomer> newcomers) {
        database.runInTransaction(stored -> newcomers.stream()
                .filter(newcomer -> stored.accounts().find(newcomer.name()).isEmpty())
                .forEach(newcomer -> stored.accounts().add(account(newcomer), clock.instant())));
    }

    private Account account(Newcomer newcomer) {
        if (UserName.canonical(newcomer.name()).filter(newcomer.name()::equals).isEmpty()) {
            throw new IllegalArgumentException("no user name: " + newcomer.name());
        }
        var person = new Person(newcomer.name(), newcomer.displayName());
        return new Account(person, hasher.hash(newcomer.password()), newcomer.roles());
    }

    /**
     * Someone to be added.
     *
     * @param password printed nowhere
     */
    public record Newcomer(String name, String displayName, String password, Set<String> roles) {
        @Override
        public String toString() {
            return "Newcomer[" + name + "]";
        }
    }
}
