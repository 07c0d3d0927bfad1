package io.hubwire.signalr.hub;

import java.util.Collection;

/**
 * Selects clients of one hub (protocol §7.2). List selectors send one message per entry; an empty list sends nothing. Ids and group names must not be
 * null or empty, lists and user ids not null: {@link IllegalArgumentException} or {@link NullPointerException}.
 */
public interface HubClients {

    ClientProxy all();

    ClientProxy allExcept(String... excludedConnectionIds);

    ClientProxy client(String connectionId);

    ClientProxy clients(Collection<String> connectionIds);

    ClientProxy group(String groupName, String... excludedConnectionIds);

    ClientProxy groups(Collection<String> groupNames, String... excludedConnectionIds);

    /** All connections of a user, as named by the {@code UserIdProvider}. */
    ClientProxy user(String userId);

    ClientProxy users(Collection<String> userIds);
}
