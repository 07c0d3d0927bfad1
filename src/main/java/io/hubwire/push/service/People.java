package io.hubwire.push.service;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.Following;
import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.UserName;
import io.hubwire.push.store.Database;
import io.hubwire.push.store.Repositories;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is here, and who follows whom. Blocking; thread-safe. */
public final class People {
    /** The longest list of people: those beyond it, by display name, are not listed but can be followed by name. */
    public static final int MAX_LISTED = 1000;

    private final Database database;

    public People(Database database) {
        this.database = database;
    }

    /** Everyone else, in the order of display names. */
    public List<Acquaintance> others(String me) {
        return database.inTransaction(stored -> others(stored, me));
    }

    public Optional<Person> find(String name) {
        return database.inTransaction(stored -> stored.accounts().find(name)).map(Account::person);
    }

    /** Replaces what {@code me} follows of someone. Idempotent. */
    public FollowOutcome follow(String me, String someone, Following following) {
        String name = UserName.canonical(someone).orElse("");
        if (name.equals(me)) {
            return FollowOutcome.ONESELF;
        }
        return database.inTransaction(stored -> follow(stored, me, name, following));
    }

    private static FollowOutcome follow(Repositories stored, String me, String name, Following following) {
        if (stored.accounts().find(name).isEmpty()) {
            return FollowOutcome.UNKNOWN_PERSON;
        }
        stored.follows().set(me, name, following);
        return FollowOutcome.DONE;
    }

    private static List<Acquaintance> others(Repositories stored, String me) {
        List<Person> people = stored.accounts().others(me, MAX_LISTED);
        Map<String, Following> followed = stored.follows().followedBy(me);
        Map<String, Long> counts = stored.follows()
                .followerCounts(people.stream().map(Person::name).toList());
        return people.stream()
                .map(person -> new Acquaintance(
                        person,
                        followed.getOrDefault(person.name(), Following.nothing()),
                        counts.getOrDefault(person.name(), 0L)))
                .toList();
    }

    /** Someone, what I follow of theirs, and how many people follow something of theirs. */
    public record Acquaintance(Person person, Following following, long followers) {}

    public enum FollowOutcome {
        DONE,
        UNKNOWN_PERSON,
        ONESELF
    }
}
