package io.hubwire.signalr.connection;

import io.hubwire.signalr.security.ConnectTicket;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What connect tickets are like.
 *
 * @param lifetime from issue to negotiation, 1 s to 10 min; default 30 s
 * @param maxSpent most tickets that a node remembers to have been redeemed, at least 1; default 100 000, which is 3 300 new connections a second. Beyond it tickets
 *     are refused with 503 until some expire
 * @param shared where the nodes of a farm see what the others have spent; asked after the node's own memory. Default: nowhere
 * @param withdrawn whether the holder's credentials have been withdrawn, such as by signing out; asked for every request that comes with a ticket, so that nobody
 *     outlives the credentials by it, and may block. Default: never
 * @param clock tells what has expired; default the system's
 */
public record ConnectTicketConfig(
        Duration lifetime, int maxSpent, SpentTickets shared, Predicate<ConnectTicket.Holder> withdrawn, Clock clock) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ConnectTicketConfig {
        Objects.requireNonNull(shared, "shared");
        Objects.requireNonNull(withdrawn, "withdrawn");
        Objects.requireNonNull(clock, "clock");
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The lifetime of connect tickets must be " + SHORTEST + " to " + LONGEST + ": " + lifetime);
        }
        if (maxSpent < 1) {
            throw new IllegalArgumentException("maxSpent must be at least 1: " + maxSpent);
        }
    }

    /** The defaults named above. */
    public static ConnectTicketConfig defaults() {
        return new ConnectTicketConfig(
                Duration.ofSeconds(30),
                100_000,
                (id, until) -> SpentTickets.Outcome.FIRST,
                holder -> false,
                Clock.systemUTC());
    }

    /** The same with a memory that the nodes of a farm share. */
    public ConnectTicketConfig withShared(SpentTickets memory) {
        return new ConnectTicketConfig(lifetime, maxSpent, memory, withdrawn, clock);
    }

    /** The same with credentials that can be withdrawn. */
    public ConnectTicketConfig withWithdrawn(Predicate<ConnectTicket.Holder> isWithdrawn) {
        return new ConnectTicketConfig(lifetime, maxSpent, shared, isWithdrawn, clock);
    }
}
