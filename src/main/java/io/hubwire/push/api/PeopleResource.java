package io.hubwire.push.api;

import io.hubwire.push.domain.Category;
import io.hubwire.push.domain.Following;
import io.hubwire.push.service.People;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** Everyone else, at most {@link People#MAX_LISTED}. */
@Path("people")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {
    @Inject
    People people;

    @Context
    SecurityContext security;

    @GET
    public List<Listed> people() {
        return people.others(Caller.of(security).name()).stream()
                .map(Listed::of)
                .toList();
    }

    /**
     * Someone else, as listed.
     *
     * @param followers how many people follow something of theirs
     */
    public record Listed(String name, String displayName, Followed following, long followers) {
        static Listed of(People.Acquaintance someone) {
            return new Listed(
                    someone.person().name(),
                    someone.person().displayName(),
                    Followed.of(someone.following()),
                    someone.followers());
        }
    }

    /**
     * What the caller follows of someone: nothing when neither {@code all} nor categories.
     *
     * @param categories ids, in the order of the categories; empty when {@code all}
     */
    public record Followed(boolean all, List<String> categories) {
        static Followed of(Following following) {
            return new Followed(
                    following.all(),
                    following.categories().stream().sorted().map(Category::id).toList());
        }
    }
}
