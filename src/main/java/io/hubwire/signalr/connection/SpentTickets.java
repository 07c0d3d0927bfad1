package io.hubwire.signalr.connection;

import java.time.Instant;

/**
 * Remembers which connect tickets have been redeemed, each until it could not be anyway. A node remembers those that came to it; an implementation over storage that the
 * nodes of a farm share makes a ticket good once in the whole farm. Called on request threads, which it may hold up; safe for all of them.
 */
@FunctionalInterface
public interface SpentTickets {

    /** What became of a ticket. */
    enum Outcome {
        /** Spent now: the connection may begin. */
        FIRST,
        /** Spent before. */
        AGAIN,
        /** Neither: there is no room to remember it, so that it could be spent twice. */
        FULL
    }

    /**
     * Spends a ticket; of several threads that spend the same one, one is the first.
     *
     * @param id of the ticket
     * @param until when it is worthless by itself, and may be forgotten
     */
    Outcome spend(String id, Instant until);
}
