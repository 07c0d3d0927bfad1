package io.hubwire.signalr.connection;

import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.security.ConnectTicket;
import io.hubwire.signalr.security.ConnectionToken;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The user of a request that came with a connect ticket: what the ticket says, and for its one connection only. */
final class TicketHolder implements ClaimsPrincipal, ExpiringPrincipal {
    private final ConnectTicket ticket;
    private final ConnectTickets tickets;

    TicketHolder(ConnectTicket ticket, ConnectTickets tickets) {
        this.ticket = ticket;
        this.tickets = tickets;
    }

    /** The token of the connection, the first time and in time. */
    ConnectionToken redeem() throws RequestRefusedException {
        return tickets.redeem(ticket);
    }

    boolean isFor(String connectionId) {
        return ticket.id().equals(connectionId);
    }

    @Override
    public String getName() {
        return ticket.holder().userName();
    }

    @Override
    public boolean hasRole(String role) {
        return ticket.holder().roles().contains(role);
    }

    @Override
    public Set<String> claimNames() {
        return ticket.holder().claims().keySet();
    }

    @Override
    public List<String> claims(String name) {
        return ticket.holder().claims().getOrDefault(name, List.of());
    }

    @Override
    public Instant expiresAt() {
        return ticket.holder().expiresAt();
    }

    @Override
    public String toString() {
        return getName();
    }
}
