package io.hubwire.signalr.hub;

import java.util.Collection;

/**
 * Selects clients of one hub (protocol §7.2). List selectors send one message per entry, so a connection in two of the named groups is called
 * twice; an empty list sends nothing. Connection ids and group names must be neither null nor empty ({@link IllegalArgumentException}), lists and
 * user ids not null ({@link NullPointerException}). Selecting never blocks and tells nothing about whether anybody is there.
 *
 * @param <C> what a selection is called by
 */
public interface HubClients<C> {

    /** Every connection that takes part in the hub. */
    C all();

    /** Every connection that takes part in the hub, but these. */
    C allExcept(String... excludedConnectionIds);

    /** One connection. */
    C client(String connectionId);

    /** Several connections. */
    C clients(Collection<String> connectionIds);

    /** The members of a group, but the excluded ones. */
    C group(String groupName, String... excludedConnectionIds);

    /** The members of several groups, but the excluded ones. */
    C groups(Collection<String> groupNames, String... excludedConnectionIds);

    /** All connections of a user, as named by the {@code UserIdProvider}; case-sensitive. */
    C user(String userId);

    /** All connections of several users. */
    C users(Collection<String> userIds);
}
