package io.hubwire.signalr.transport;

import java.util.Objects;
import java.util.Optional;

/**
 * Whom a client is counted for.
 *
 * @param user the name of who is signed in; empty for nobody
 * @param network the address, or the part of it that one party has
 */
public record Peer(Optional<String> user, String network) {

    public Peer {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(network, "network");
    }
}
