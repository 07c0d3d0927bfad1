package io.hubwire.push.api;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.Following;
import io.hubwire.push.service.People;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** Following someone, and no longer. */
@Path("follows/{name}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FollowResource {
    @Inject
    People people;

    @Context
    SecurityContext security;

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void follow(@PathParam("name") String name, Wish wish) {
        if (wish == null) {
            throw Problem.badRequest("The body must be {\"categories\":null} or name categories.");
        }
        set(name, wish.following());
    }

    @DELETE
    public void unfollow(@PathParam("name") String name) {
        set(name, Following.nothing());
    }

    private void set(String name, Following following) {
        switch (people.follow(Caller.of(security).name(), name, following)) {
            case UNKNOWN_PERSON -> throw Problem.notFound("There is no such person.");
            case ONESELF -> throw Problem.badRequest("Nobody can follow themselves.");
            case DONE -> {
                // 204
            }
        }
    }

    /**
     * What to follow.
     *
     * @param categories ids; null for everything
     */
    public record Wish(List<String> categories) {
        Following following() {
            if (categories == null) {
                return Following.everything();
            }
            if (categories.isEmpty()) {
                throw Problem.badRequest("Name at least one category, or none at all (null) for everything.");
            }
            return Following.only(categories.stream().map(Wish::category).toList());
        }

        private static Category category(String id) {
            return Category.of(id).orElseThrow(() -> CategoryResource.unknown());
        }
    }
}
