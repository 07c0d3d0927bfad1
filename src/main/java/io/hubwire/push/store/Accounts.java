package io.hubwire.push.store;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Person;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Those who can sign in. */
public final class Accounts {
    private final EntityManager entities;

    Accounts(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Account account, Instant now) {
        entities.persist(new AccountEntity(account, now));
    }

    public Optional<Account> find(String name) {
        return entity(name).map(AccountEntity::toAccount);
    }

    /** Replaces the roles of an account; throws {@link IllegalStateException} when there is none of that name. */
    public void setRoles(String name, Set<String> roles) {
        AccountEntity account = required(name);
        account.roles.retainAll(roles);
        account.roles.addAll(roles);
    }

    public boolean isEmpty() {
        return entities.createQuery("select count(a) from AccountEntity a", Long.class)
                        .getSingleResult()
                == 0;
    }

    /** In the order of display names, at most {@code limit} of them. */
    public List<Person> others(String name, int limit) {
        return entities.createQuery(
                        "select a from AccountEntity a where a.name <> :name order by a.displayName, a.name",
                        AccountEntity.class)
                .setParameter("name", name)
                .setMaxResults(limit)
                .getResultStream()
                .map(AccountEntity::toPerson)
                .toList();
    }

    Optional<AccountEntity> entity(String name) {
        return entities.createQuery("select a from AccountEntity a where a.name = :name", AccountEntity.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /** @throws IllegalStateException when there is none: accounts are never removed, so a name once found stays */
    AccountEntity required(String name) {
        return entity(name).orElseThrow(() -> new IllegalStateException("no account named " + name));
    }
}
