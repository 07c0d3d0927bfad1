package io.hubwire.signalr.hosting;

import java.util.List;
import java.util.Set;

/**
 * A principal of whom more is known than a name: what a token or an identity provider says of it, as name and values. Immutable; usable from any
 * thread, also after the request that it came with.
 */
public interface ClaimsPrincipal extends RoleAwarePrincipal {

    /** The names of the claims. */
    Set<String> claimNames();

    /** The values of a claim as text, in order; the name as it is spelt. Empty when there is no such claim. */
    List<String> claims(String name);

    /** Whether one of the claim's values is this. */
    default boolean hasClaim(String name, String value) {
        return claims(name).contains(value);
    }
}
