package io.hubwire.signalr.hub;

import java.util.concurrent.CompletionStage;

/** Changes the groups of one hub (protocol §8.2). Safe for any thread; never blocks. */
public interface GroupManager {

    /**
     * Adds a connection, wherever in the farm it lives. Completes when that is done; cancelled after 30 s, for instance when the connection is gone.
     * Adding twice is adding once.
     */
    CompletionStage<Void> add(String connectionId, String groupName);

    /** The reverse of {@link #add}, with the same completion. */
    CompletionStage<Void> remove(String connectionId, String groupName);
}
