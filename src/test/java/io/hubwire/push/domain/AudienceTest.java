package io.hubwire.push.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceTest {

    @Test
    void of_followersOfAllAndOfTheCategory_areTold() {
        var followers = List.of(
                new Follower("bob", Following.everything()),
                new Follower("carol", Following.only(List.of(Category.MUSIC, Category.PICTURES))),
                new Follower("dave", Following.only(List.of(Category.VIDEO))),
                new Follower("erin", Following.nothing()));

        assertThat(Audience.of("alice", Category.PICTURES, followers)).containsExactly("bob", "carol");
    }

    @Test
    void of_owner_isNotTold() {
        assertThat(Audience.of("alice", Category.OTHER, List.of(new Follower("alice", Following.everything()))))
                .isEmpty();
    }

    @Test
    void of_sameFollowerTwice_isToldOnce() {
        var twice = List.of(
                new Follower("bob", Following.only(List.of(Category.MUSIC))),
                new Follower("bob", Following.everything()));

        assertThat(Audience.of("alice", Category.MUSIC, twice)).containsExactly("bob");
    }

    @Test
    void following_allWithCategories_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Following(true, Set.of(Category.MUSIC)))
                .withMessageContaining("MUSIC");
    }
}
