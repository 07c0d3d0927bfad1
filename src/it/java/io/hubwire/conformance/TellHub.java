package io.hubwire.conformance;

import io.hubwire.signalr.hub.HubName;
import io.hubwire.signalr.hub.TypedHub;
import java.util.concurrent.CompletionStage;

/** Calls its clients through an interface. */
@HubName("tell")
public class TellHub extends TypedHub<TellHub.Client> {

    /** The clients. */
    public interface Client {
        void told(String text, int times);

        CompletionStage<Void> toldLater(CallHub.Point where);
    }

    public void tellAll(String text) {
        clients().all().told(text, 1);
    }

    public CompletionStage<Void> tellMe() {
        clients().callerState().set("told", true);
        return clients().caller().toldLater(new CallHub.Point(1, 2));
    }

    public void tellGroup(String group) {
        clients().group(group).told("group", 2);
    }

    public CompletionStage<Void> join(String group) {
        return groups().add(context().connectionId(), group);
    }
}
