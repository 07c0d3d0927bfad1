package io.hubwire.push.domain;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much of someone's uploads a follower wants: everything, some categories, or nothing.
 *
 * @param all everything, categories added later too
 * @param categories what is followed when not {@code all}; empty when {@code all}
 */
public record Following(boolean all, Set<Category> categories) {
    public Following {
        if (all && !categories.isEmpty()) {
            throw new IllegalArgumentException("following everything leaves no categories to name: " + categories);
        }
        categories = Set.copyOf(categories);
    }

    public static Following everything() {
        return new Following(true, Set.of());
    }

    public static Following nothing() {
        return new Following(false, Set.of());
    }

    public static Following only(Collection<Category> categories) {
        return new Following(false, categories.isEmpty() ? Set.of() : EnumSet.copyOf(categories));
    }

    public boolean covers(Category category) {
        return all || categories.contains(category);
    }
}
