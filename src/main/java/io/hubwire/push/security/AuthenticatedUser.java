package io.hubwire.push.security;

import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hosting.ExpiringPrincipal;
import io.hubwire.signalr.security.ConnectTicket;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
        implements ClaimsPrincipal, ExpiringPrincipal {
    static final String TOKEN_ID = "jti";

    /** What a ticket says in its own words, or what is about the token alone. */
    private static final Set<String> NOT_IN_TICKETS = Set.of("sub", "roles", "exp", "iat", "iss", "aud");

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
    public Set<String> claimNames() {
        return claims.keySet();
    }

    @Override
    public List<String> claims(String claim) {
        Object value = claims.get(claim);
        if (value == null) {
            return List.of();
        }
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** The user as a connect ticket describes it, until the bearer token expires. */
    public ConnectTicket.Holder ticketHolder() {
        Map<String, List<String>> taken = claims.keySet().stream()
                .filter(claim -> !NOT_IN_TICKETS.contains(claim))
                .collect(Collectors.toMap(claim -> claim, this::claims));
        return new ConnectTicket.Holder(name, roles, taken, expiresAt);
    }

    @Override
    public String toString() {
        return name;
    }
}
