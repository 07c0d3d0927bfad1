package io.hubwire.signalr.hub;

import io.hubwire.signalr.connection.SignalPublisher;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The groups of one hub. */
record SignalGroups(String hub, SignalPublisher publisher) implements GroupManager {

    @Override
    public CompletionStage<Void> add(String connectionId, String groupName) {
        return publisher.join(checked(connectionId), signal(groupName));
    }

    @Override
    public CompletionStage<Void> remove(String connectionId, String groupName) {
        return publisher.leave(checked(connectionId), signal(groupName));
    }

    // unlike a selector's, a group's name may be empty here (protocol §8.2)
    private String signal(String groupName) {
        return Signals.group(hub, Objects.requireNonNull(groupName, "groupName"));
    }

    private static String checked(String connectionId) {
        Objects.requireNonNull(connectionId, "connectionId");
        if (connectionId.isEmpty()) {
            throw new IllegalArgumentException("Argument cannot be null or empty: connectionId");
        }
        return connectionId;
    }
}
