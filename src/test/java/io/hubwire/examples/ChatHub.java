package io.hubwire.examples;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubName;
import java.util.concurrent.CompletionStage;

@HubName("chat")
public class ChatHub extends Hub {

    public CompletionStage<Void> join(String room) {
        return groups().add(context().connectionId(), room);
    }

    public void send(String room, String text) {
        clients().group(room).invoke("message", context().connectionId(), text);
    }
}
