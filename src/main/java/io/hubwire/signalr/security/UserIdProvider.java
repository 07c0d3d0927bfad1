package io.hubwire.signalr.security;

import java.security.Principal;
import java.util.Optional;

/**
 * Names the user for {@code clients().user(id)} (protocol §7.1). Called once for each receive request, on its thread;
 * must not block.
 */
@FunctionalInterface
public interface UserIdProvider {

    /**
     * The user's id.
     *
     * @param user the authenticated principal, or null for an anonymous request
     * @return empty when nothing should reach this connection by user
     */
    Optional<String> userId(Principal user);

    /** The principal's name; nothing for anonymous requests. */
    static UserIdProvider principalName() {
        return user -> Optional.ofNullable(user).map(Principal::getName).filter(name -> !name.isEmpty());
    }
}
