package io.hubwire.signalr.transport;

/**
 * How many clients one node takes, those counted in that are away and may come back. Each is counted from its first receive request until it is gone, under the user
 * and the address of that request.
 *
 * @param most in all, at least 1; default 50 000. One more is refused with 503
 * @param mostPerUser of one authenticated user, at least 1; default 5 000, a tenth of all: no account can take the room of the others. One more is refused with 429.
 *     Clients that nobody has signed in on count under their address alone
 * @param mostPerAddress of one IPv4 address or one /64 of IPv6, at least 1; default 10 000, a fifth of all: many people may share one, and with a proxy in
 *     front whose word the container does not take, all do. One more is refused with 429
 */
public record SessionLimits(int most, int mostPerUser, int mostPerAddress) {

    public SessionLimits {
        requireAtLeastOne("maxConnections", most);
        requireAtLeastOne("maxConnectionsPerUser", mostPerUser);
        requireAtLeastOne("maxConnectionsPerAddress", mostPerAddress);
    }

    /** The defaults named above. */
    public static SessionLimits defaults() {
        return new SessionLimits(50_000, 5_000, 10_000);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
