package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.security.ConnectTicket;
import io.hubwire.signalr.security.ConnectionToken;
import io.hubwire.signalr.security.KeyRing;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Issues connect tickets and takes them. A page asks the application for one, by a request that is authenticated as the application likes, and gives it to the client
 * library as {@code qs: {ticket: …}}; so no token that is good for more stands in a URL.
 *
 * <p>A ticket is good for one connection. Negotiation spends it and names the connection by it; from then on it identifies the user in the requests of that connection, and of
 * no other, until the credentials expire that it was issued for. It is refused with 401 when it comes to negotiation too late or a second time, with 403 when it
 * comes from another origin or with the token of another connection.
 *
 * <p>A node knows the tickets that were spent on it. On a farm a stolen ticket could be spent on each of the other nodes until it expires, unless they share what they
 * remember ({@link ConnectTicketConfig#shared}); what it opens there is the one connection that the ticket names. Safe for any thread.
 */
public final class ConnectTickets {
    /** The query parameter that carries the ticket. */
    public static final String PARAMETER = "ticket";

    private final KeyRing keys;
    private final ConnectTicketConfig config;
    private final SpentTickets remembered;

    /**
     * For one server, which makes it.
     *
     * @param keys every node of a farm needs the same
     */
    public ConnectTickets(KeyRing keys, ConnectTicketConfig config, Metrics metrics) {
        this.keys = keys;
        this.config = config;
        this.remembered = new RememberedTickets(config.maxSpent(), config.clock(), metrics);
    }

    /**
     * A ticket for a client.
     *
     * @param ticket for {@code qs: {ticket: …}}; URL-safe
     * @param expiresIn how long it can be redeemed
     */
    public record Issued(String ticket, Duration expiresIn) {

        /** Nobody's credentials into a log. */
        @Override
        public String toString() {
            return "Issued[" + expiresIn + "]";
        }
    }

    /** What a ticket in a request is worth. */
    public sealed interface Verdict {

        /** The request is this user's: a {@link io.hubwire.signalr.hosting.ClaimsPrincipal} with the holder's roles and claims, which expires with the holder's credentials. */
        record Accepted(Principal user) implements Verdict {}

        /**
         * The request is to be refused.
         *
         * @param status 401 or 403
         * @param message for the client
         */
        record Refused(int status, String message) implements Verdict {}
    }

    /**
     * Issues a ticket. Whoever calls it has authenticated the holder, by this very request.
     *
     * @param origin the request's {@code Origin} header, null when it has none: requests of the connection that have another one are refused
     * @throws IllegalArgumentException when the origin is none, such as {@code null}, or what is known of the holder is longer than {@link ConnectTicket#MAX_BYTES}
     */
    public Issued issue(ConnectTicket.Holder holder, String origin) {
        Instant redeemBefore = config.clock().instant().plus(config.lifetime());
        return new Issued(ConnectTicket.create(holder, origin, redeemBefore).protect(keys), config.lifetime());
    }

    /**
     * Reads the ticket of a request; a host calls it for requests under mapped paths, before they are served.
     *
     * @param origin the request's {@code Origin} header; null for none
     */
    public Verdict open(String ticket, String origin) {
        Optional<ConnectTicket> opened = ConnectTicket.unprotect(keys, ticket);
        if (opened.isEmpty()) {
            return new Verdict.Refused(401, "The connect ticket is not valid.");
        }
        ConnectTicket.Holder holder = opened.get().holder();
        if (!config.clock().instant().isBefore(holder.expiresAt())
                || config.withdrawn().test(holder)) {
            return new Verdict.Refused(401, "The credentials behind the connect ticket are no longer good.");
        }
        if (!opened.get().isGoodFrom(origin)) {
            return new Verdict.Refused(403, "The connect ticket was issued to another origin.");
        }
        return new Verdict.Accepted(new TicketHolder(opened.get(), this));
    }

    /**
     * Spends a ticket for the connection that it names.
     *
     * @throws RequestRefusedException 401 when it is too late or was spent before, 503 when there is no room to remember it
     */
    ConnectionToken redeem(ConnectTicket ticket) throws RequestRefusedException {
        if (!config.clock().instant().isBefore(ticket.redeemBefore())) {
            throw new RequestRefusedException(401, "The connect ticket has expired.");
        }
        return switch (spend(ticket)) {
            case FIRST -> new ConnectionToken(ticket.id(), ticket.holder().userName());
            case AGAIN -> throw new RequestRefusedException(401, "The connect ticket has been used before.");
            case FULL ->
                throw new RequestRefusedException(
                        Limit.SPENT_TICKETS, 503, "The server has no room for another connect ticket.");
        };
    }

    private SpentTickets.Outcome spend(ConnectTicket ticket) {
        SpentTickets.Outcome here = remembered.spend(ticket.id(), ticket.redeemBefore());
        return here == SpentTickets.Outcome.FIRST ? config.shared().spend(ticket.id(), ticket.redeemBefore()) : here;
    }
}
