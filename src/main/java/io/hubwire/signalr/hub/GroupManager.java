package io.hubwire.signalr.hub;

import java.util.concurrent.CompletionStage;

/** Changes the groups of one hub (protocol §8.2). Safe for any thread; never blocks. */
public interface GroupManager {

    /**
     * Adds a connection, wherever in the farm it lives. Adding twice is adding once.
     *
     * @param groupName any text, case-sensitive; as in SignalR even empty, though nothing can be sent to a group of that name
     * @return completes when the connection is in the group, so that what is sent to the group from then on reaches it; is cancelled
     *     after 30 s without an answer, for instance when the connection is gone (who waits for it gets a {@link
     *     java.util.concurrent.CancellationException}); fails when the connection is in as many groups as it may be, with a message that names the
     *     limit and the value, and then it has not been added
     * @throws NullPointerException when one of the two is null
     * @throws IllegalArgumentException when the connection id is empty, or the group's name is not well-formed Unicode
     */
    CompletionStage<Void> add(String connectionId, String groupName);

    /** The reverse of {@link #add}, with the same completion; removing a connection that is not in the group changes nothing. */
    CompletionStage<Void> remove(String connectionId, String groupName);
}
