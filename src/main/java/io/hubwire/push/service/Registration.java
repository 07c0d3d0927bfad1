package io.hubwire.push.service;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.PasswordHasher;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.Role;
import io.hubwire.push.domain.UserName;
import io.hubwire.push.store.Accounts;
import io.hubwire.push.store.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
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
     * Adds demo users when there is nobody yet; where there are some of them already, those whose names nobody has.
     *
     * @throws IllegalArgumentException when a name is no canonical user name
     */
    void addDemo(Collection<Newcomer> newcomers) {
        database.runInTransaction(stored -> {
            boolean wanted = stored.accounts().isEmpty()
                    || newcomers.stream()
                            .anyMatch(newcomer -> isDemo(stored.accounts().find(newcomer.name())));
            if (wanted) {
                addMissing(newcomers, stored.accounts());
            }
        });
    }

    /**
     * Adds those whose names nobody has. The others stay as they are but for their roles, which become the newcomer's; a demo user stays one.
     *
     * @throws IllegalArgumentException when a name is no canonical user name
     */
    public void addOrUpdate(Collection<Newcomer> newcomers) {
        database.runInTransaction(stored -> {
            newcomers.forEach(
                    newcomer -> stored.accounts().find(newcomer.name()).ifPresent(known -> stored.accounts()
                            .setRoles(known.name(), roles(newcomer, known))));
            addMissing(newcomers, stored.accounts());
        });
    }

    private void addMissing(Collection<Newcomer> newcomers, Accounts accounts) {
        newcomers.stream()
                .filter(newcomer -> accounts.find(newcomer.name()).isEmpty())
                .forEach(newcomer -> accounts.add(account(newcomer), clock.instant()));
    }

    private static boolean isDemo(Optional<Account> account) {
        return account.filter(known -> known.roles().contains(Role.DEMO.roleName()))
                .isPresent();
    }

    /** Whose password is published must not become someone whose password is taken for a secret. */
    private static Set<String> roles(Newcomer newcomer, Account known) {
        Set<String> roles = new HashSet<>(newcomer.roles());
        if (isDemo(Optional.of(known))) {
            roles.add(Role.DEMO.roleName());
        }
        return roles;
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
