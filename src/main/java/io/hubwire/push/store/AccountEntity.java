package io.hubwire.push.store;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Person;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

@Entity
@Table(name = "account")
class AccountEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(nullable = false, length = 64, unique = true)
    String name;

    @Column(name = "display_name", nullable = false, length = 100)
    String displayName;

    @Column(name = "password_hash", nullable = false, length = 100)
    String passwordHash;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @ElementCollection
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "role", nullable = false, length = 64)
    Set<String> roles = new HashSet<>();

    protected AccountEntity() {}

    AccountEntity(Account account, Instant createdAt) {
        this.name = account.name();
        this.displayName = account.person().displayName();
        this.passwordHash = account.passwordHash();
        this.roles.addAll(account.roles());
        this.createdAt = createdAt;
    }

    Person toPerson() {
        return new Person(name, displayName);
    }

    Account toAccount() {
        return new Account(toPerson(), passwordHash, roles);
    }
}
