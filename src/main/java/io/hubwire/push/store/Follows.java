package io.hubwire.push.store;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.Follower;
import io.hubwire.push.domain.Following;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who follows whom, and what of theirs. */
public final class Follows {
    private final EntityManager entities;
    private final Accounts accounts;

    Follows(EntityManager entities) {
        this.entities = entities;
        this.accounts = new Accounts(entities);
    }

    /** Replaces what {@code follower} follows of {@code followee}. Both must exist. */
    public void set(String follower, String followee, Following following) {
        long followerId = accounts.required(follower).id;
        long followeeId = accounts.required(followee).id;
        clear(followerId, followeeId);
        rows(following).forEach(category -> entities.persist(new FollowEntity(followerId, followeeId, category)));
    }

    /** What {@code follower} follows, by the name of the followed; those of whom nothing is followed are absent. */
    public Map<String, Following> followedBy(String follower) {
        return group(entities.createQuery(
                        "select a.name as name, f.key.category as category from FollowEntity f"
                                + " join AccountEntity a on a.id = f.key.followeeId"
                                + " join AccountEntity me on me.id = f.key.followerId where me.name = :name",
                        Tuple.class)
                .setParameter("name", follower)
                .getResultList());
    }

    /** In the order of their names. */
    public List<Follower> followersOf(String followee) {
        return group(entities.createQuery(
                                "select a.name as name, f.key.category as category from FollowEntity f"
                                        + " join AccountEntity a on a.id = f.key.followerId"
                                        + " join AccountEntity me on me.id = f.key.followeeId where me.name = :name",
                                Tuple.class)
                        .setParameter("name", followee)
                        .getResultList())
                .entrySet()
                .stream()
                .map(entry -> new Follower(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Follower::name))
                .toList();
    }

    /** How many people follow something of each; those without followers are absent. */
    public Map<String, Long> followerCounts(Collection<String> followees) {
        return entities.createQuery(
                        "select a.name as name, count(distinct f.key.followerId) as followers from FollowEntity f"
                                + " join AccountEntity a on a.id = f.key.followeeId"
                                + " where a.name in :names group by a.name",
                        Tuple.class)
                .setParameter("names", followees)
                .getResultStream()
                .collect(Collectors.toMap(
                        row -> row.get("name", String.class), row -> row.get("followers", Long.class)));
    }

    private void clear(long followerId, long followeeId) {
        entities.createQuery(
                        "delete from FollowEntity f where f.key.followerId = :follower and f.key.followeeId = :followee")
                .setParameter("follower", followerId)
                .setParameter("followee", followeeId)
                .executeUpdate();
    }

    private static List<String> rows(Following following) {
        return following.all()
                ? List.of(FollowEntity.EVERYTHING)
                : following.categories().stream().map(Category::id).toList();
    }

    private static Map<String, Following> group(List<Tuple> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("name", String.class),
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> row.get("category", String.class), Collectors.toSet()),
                                Follows::following)));
    }

    private static Following following(Collection<String> rows) {
        return rows.contains(FollowEntity.EVERYTHING)
                ? Following.everything()
                : Following.only(
                        rows.stream().flatMap(id -> Category.of(id).stream()).toList());
    }
}
