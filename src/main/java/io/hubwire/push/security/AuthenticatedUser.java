package io.hubwire.push.security;

import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.hosting.RoleAwarePrincipal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A request's user, as the bearer token says. Knows its roles after the request has ended, too: a WebSocket lives longer.
 *
 * @param name canonical user name (claim {@code sub})
 * @param displayName claim {@code name}
 * @param tokenId claim {@code jti}
 * @param expiresAt claim {@code exp}; what the user has open then ends
 * @param claims all of the token's claims, by name
 */
public record AuthenticatedUser(
        String name,
        String displayName,
        Set<String> roles,
        String tokenId,
        Instant expiresAt,
        Map<String, Object> claims)
        implements RoleAwarePrincipal, ExpiringPrincipal {
    public AuthenticatedUser {
        roles = Set.copyOf(roles);
        claims = Map.copyOf(claims);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    @Override
    public String toString() {
        return name;
    }
}
