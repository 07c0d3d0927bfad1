package io.hubwire.signalr.connection;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The groups of one type of {@link PersistentConnection} (protocol §8). Safe for any thread; never blocks. Values as in {@link Connection}. */
public interface ConnectionGroupManager {

    /**
     * Adds a connection, wherever in the farm it lives. Adding twice is adding once.
     *
     * @param connectionId neither null nor empty
     * @param groupName any text, case-sensitive; as in SignalR even empty, though nothing can be sent to a group of that name
     * @return completes when the connection is in the group, so that what is sent to the group from then on reaches it; is cancelled after 30 s without an
     *     answer, for instance when the connection is gone; fails when the connection is in as many groups as it may be, and then it has not been added
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
