package io.hubwire.push.domain;

import java.util.Collection;
import java.util.List;

/** Who is told of an upload. */
public final class Audience {
    private Audience() {}

    /** Followers whose following covers the category: each once, in the order given, never the owner. */
    public static List<String> of(String owner, Category category, Collection<Follower> followers) {
        return followers.stream()
                .filter(follower -> follower.following().covers(category))
                .map(Follower::name)
                .filter(name -> !name.equals(owner))
                .distinct()
                .toList();
    }
}
