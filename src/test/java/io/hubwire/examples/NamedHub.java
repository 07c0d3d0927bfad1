package io.hubwire.examples;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubMethodName;
import io.hubwire.signalr.hub.HubName;

/** Names that clients are to use as they are spelt here. */
@HubName("PascalCaseContosoChatHub")
public class NamedHub extends Hub {

    @HubMethodName("PascalCaseNewContosoChatMessage")
    public void newContosoChatMessage(String userName, String message) {
        clients().all().invoke("addNewMessageToPage", userName, message);
    }
}
