package io.hubwire.examples;

import io.hubwire.signalr.hosting.cdi.ForHub;
import io.hubwire.signalr.hub.ClientProxy;
import io.hubwire.signalr.hub.HubContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletionStage;

@Path("rooms/{room}")
@RequestScoped
public class Announcements {

    @Inject
    @ForHub(ChatHub.class)
    HubContext<ClientProxy> chat;

    @POST
    public CompletionStage<Void> announce(@PathParam("room") String room, String text) {
        return chat.clients().group(room).invoke("message", "the house", text);
    }

    @PUT
    @Path("members/{connection}")
    public CompletionStage<Void> add(@PathParam("room") String room, @PathParam("connection") String connection) {
        return chat.groups().add(connection, room);
    }
}
