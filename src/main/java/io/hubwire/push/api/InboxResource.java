package io.hubwire.push.api;

import io.hubwire.push.service.Inbox;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** What one was told, newest first. */
@Path("inbox")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class InboxResource {
    /** Ids in one request. */
    static final int MAX_IDS = 1000;

    @Inject
    Inbox inbox;

    @Context
    SecurityContext security;

    @GET
    public Inbox.Page page(@QueryParam("before") String before, @QueryParam("limit") String limit) {
        return inbox.page(Caller.of(security).name(), id(before), Paging.limit(limit));
    }

    @POST
    @Path("read")
    @Consumes(MediaType.APPLICATION_JSON)
    public Unread markRead(Choice choice) {
        if (choice == null || choice.all() == (choice.ids() != null)) {
            throw Problem.badRequest("The body must be {\"ids\":[…]} or {\"all\":true}.");
        }
        String me = Caller.of(security).name();
        return new Unread(choice.all() ? inbox.markAllRead(me) : inbox.markRead(me, checked(choice.ids())));
    }

    private static List<Long> checked(List<Long> ids) {
        if (ids.size() > MAX_IDS || ids.stream().anyMatch(Objects::isNull)) {
            throw Problem.badRequest("ids must be at most " + MAX_IDS + " numbers, not " + ids.size() + ".");
        }
        return ids;
    }

    private static OptionalLong id(String before) {
        try {
            return before == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(before));
        } catch (NumberFormatException noNumber) {
            throw Problem.badRequest("before must be the id of a notification.");
        }
    }

    /**
     * What to mark.
     *
     * @param ids of notifications; those that aren't one's own are ignored. Null with {@code all}
     */
    public record Choice(List<Long> ids, boolean all) {}

    public record Unread(long unread) {}
}
