package io.hubwire.conformance;

import io.hubwire.signalr.hub.Hub;
import java.util.concurrent.CompletionStage;

/** A second hub of the same server. */
public class OtherHub extends Hub {

    public String ping() {
        return "pong";
    }

    public CompletionStage<Void> join(String group) {
        return groups().add(context().connectionId(), group);
    }
}
