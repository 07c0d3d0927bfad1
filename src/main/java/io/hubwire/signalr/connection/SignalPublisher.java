package io.hubwire.signalr.connection;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Sends to signals and changes groups, from any thread, without blocking. Stages complete off the delivery loops.
 */
public interface SignalPublisher {

    /**
     * Publishes one payload. The stage completes when the bus has it, not on delivery (protocol §7.2).
     *
     * @param signal full topic, such as {@code h-ChatHub}
     * @param payload JSON in UTF-8, not changed afterwards
     * @param exclusions connection ids or signals whose owners do not get it (protocol §7.4)
     */
    CompletionStage<Void> publish(String signal, byte[] payload, Set<String> exclusions);

    /**
     * Adds a connection to a group and completes when the node that holds it has done so; fails when that node refuses, since the connection is in as
     * many groups as it may be, and then nothing has changed; cancelled after 30 s (protocol §8.2).
     *
     * @param group full signal, such as {@code hg-ChatHub.room1}
     * @throws IllegalArgumentException when the name is not well-formed Unicode: it would be another one when the client comes back
     */
    CompletionStage<Void> join(String connectionId, String group);

    /** The reverse of {@link #join}, with the same completion. */
    CompletionStage<Void> leave(String connectionId, String group);

    /**
     * Ends a connection, on whatever node it is: its stream ends, or its poll is told to reconnect, and its disconnect event is raised as if the client had
     * stopped. Without effect when there is none. The stage completes when the bus has it.
     */
    CompletionStage<Void> disconnect(String connectionId);
}
