package io.hubwire.push.service;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.PasswordHasher;
import io.hubwire.push.domain.Role;
import io.hubwire.push.domain.UserName;
import io.hubwire.push.store.Database;
import java.util.Optional;

/** Checks names and passwords. Blocking and slow on purpose; thread-safe. */
public final class SignIn {
    private final Database database;
    private final PasswordHasher hasher;
    private final DemoUsers demoUsers;
    private final String nobodysHash;

    public SignIn(Database database, PasswordHasher hasher, DemoUsers demoUsers) {
        this.database = database;
        this.hasher = hasher;
        this.demoUsers = demoUsers;
        this.nobodysHash = hasher.hash("");
    }

    /**
     * Empty for an unknown name as for a wrong password, after the same work: neither the answer nor its time tells
     * which names exist. Demo users that were once made can't sign in while they are disabled.
     */
    public Optional<Account> signIn(String name, String password) {
        Optional<Account> account = UserName.canonical(name).flatMap(this::find);
        boolean matches =
                hasher.matches(password, account.map(Account::passwordHash).orElse(nobodysHash));
        return account.filter(known -> matches && maySignIn(known));
    }

    private boolean maySignIn(Account account) {
        return demoUsers.enabled() || !account.roles().contains(Role.DEMO.roleName());
    }

    private Optional<Account> find(String name) {
        return database.inTransaction(stored -> stored.accounts().find(name));
    }
}
