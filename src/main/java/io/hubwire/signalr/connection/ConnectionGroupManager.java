package io.hubwire.signalr.connection;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The groups of one type of {@link PersistentConnection} (protocol §8). Safe for any thread; never blocks. Values as in {@link Connection}. */
public interface ConnectionGroupManager {

    /**
     * Adds a connection, wherever in the farm it lives. Completes when that is done; cancelled after 30 s, for instance when the connection is gone.
     * Adding twice is adding once.
     */
    CompletionStage<Void> add(String connectionId, String groupName);

    /** The reverse of {@link #add}, with the same completion. */
    CompletionStage<Void> remove(String connectionId, String groupName);

    /**
     * Sends to those in a group.
     *
     * @param groupName neither null nor empty
     * @param excludedConnectionIds who does not get it; none of them null or empty
     */
    CompletionStage<Void> send(String groupName, Object value, String... excludedConnectionIds);

    /** Sends to those in any of the groups, and as often as they are in one. An empty list is done at once. */
    CompletionStage<Void> send(Collection<String> groupNames, Object value, String... excludedConnectionIds);
}
