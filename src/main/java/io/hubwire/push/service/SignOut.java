package io.hubwire.push.service;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.util.List;
import java.util.Set;

/** Ends what a user who signs out has open. Thread-safe. */
public final class SignOut {
    private static final System.Logger LOG = System.getLogger(SignOut.class.getName());

    private final ConnectionLeases leases;
    private final ConnectionEnder connections;

    public SignOut(ConnectionLeases leases, ConnectionEnder connections) {
        this.leases = leases;
        this.connections = connections;
    }

    /**
     * Ends all of the user's connections, on every node; to be called when the token that is signed out is worthless. Pages of the same user that are
     * signed in elsewhere, with tokens of their own, come back by themselves within seconds and miss nothing. A connection that could not be ended is
     * logged; it ends with its token at the latest. Blocking.
     */
    public void endConnections(String userName) {
        List<String> open = leases.live(Set.of(userName)).getOrDefault(userName, List.of());
        LOG.log(DEBUG, "{0} signs out and has {1} connections", userName, open.size());
        open.forEach(this::end);
    }

    private void end(String connectionId) {
        connections.end(connectionId).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(WARNING, "a connection of someone who has signed out stays open", failure);
            }
        });
    }
}
