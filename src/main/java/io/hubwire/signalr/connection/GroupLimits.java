package io.hubwire.signalr.connection;

import io.hubwire.signalr.bus.Cursor;
import io.hubwire.signalr.bus.JoinPolicy;
import io.hubwire.signalr.bus.Membership;
import io.hubwire.signalr.security.GroupsToken;
import java.util.List;
import java.util.Optional;

/**
 * How many groups a connection may be in: as many as it is allowed, and as its token carries, whatever the cursor that the token will name. So every token
 * that is issued is complete, and a client comes back into all of its groups.
 */
record GroupLimits(String connectionId, int maxGroups) implements JoinPolicy {
    private static final String LONGEST_CURSOR = new Cursor(Long.MAX_VALUE, Long.MAX_VALUE).text();

    @Override
    public Optional<String> refusal(List<Membership> groups) {
        if (groups.size() > maxGroups) {
            return Optional.of("A connection can be in at most " + maxGroups + " groups; this one would be in "
                    + groups.size() + ".");
        }
        int bytes = token(connectionId, LONGEST_CURSOR, groups).bytes();
        return bytes <= GroupsToken.MAX_BYTES
                ? Optional.empty()
                : Optional.of("The groups of a connection can take at most " + GroupsToken.MAX_BYTES
                        + " bytes of its groups token; these " + groups.size() + " would take " + bytes + ".");
    }

    /** What the client is to hold. */
    static GroupsToken token(String connectionId, String issuedAt, List<Membership> groups) {
        return new GroupsToken(
                connectionId,
                issuedAt,
                groups.stream()
                        .map(group -> new GroupsToken.Group(group.topic(), group.joinedAt()))
                        .toList());
    }
}
