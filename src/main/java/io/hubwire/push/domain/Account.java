package io.hubwire.push.domain;

import java.util.Set;

/**
 * Someone who can sign in.
 *
 * @param passwordHash as made by {@link PasswordHasher}; printed nowhere
 */
public record Account(Person person, String passwordHash, Set<String> roles) {
    public Account {
        roles = Set.copyOf(roles);
    }

    public String name() {
        return person.name();
    }

    @Override
    public String toString() {
        return "Account[" + name() + ", roles=" + roles + "]";
    }
}
