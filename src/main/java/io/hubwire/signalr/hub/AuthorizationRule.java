package io.hubwire.signalr.hub;

import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hosting.HostRequest;
import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What an {@link Authorize} asks for (protocol §10.1). Immutable.
 *
 * @param users names of which the user must have one, in any case; empty: any user
 * @param roles of which the user must have one; empty: none is needed
 * @param claims name to values of which the claim must have one; an empty set of values: the claim must be there
 * @param requireOutgoing whether taking part needs authorization, not only calls
 */
public record AuthorizationRule(
        Set<String> users, Set<String> roles, Map<String, Set<String>> claims, boolean requireOutgoing) {

    public AuthorizationRule {
        Set<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.addAll(users);
        users = Set.copyOf(anyCase.stream().map(AuthorizationRule::fold).toList());
        roles = Set.copyOf(roles);
        Map<String, Set<String>> copied = new LinkedHashMap<>();
        claims.forEach((name, values) -> copied.put(name, Set.copyOf(values)));
        claims = Map.copyOf(copied);
    }

    /** Met by whoever is authenticated. */
    public static AuthorizationRule authenticated() {
        return new AuthorizationRule(Set.of(), Set.of(), Map.of(), true);
    }

    /** Met by whoever has one of the roles. */
    public static AuthorizationRule anyOf(Set<String> roles) {
        return new AuthorizationRule(Set.of(), roles, Map.of(), true);
    }

    static AuthorizationRule of(Authorize declared) {
        Map<String, Set<String>> claims = new LinkedHashMap<>();
        for (Authorize.Claim claim : declared.claims()) {
            claims.computeIfAbsent(claim.name(), name -> new TreeSet<>()).addAll(List.of(claim.values()));
        }
        return new AuthorizationRule(
                split(declared.users()), split(declared.roles()), claims, declared.requireOutgoing());
    }

    private static Set<String> split(String[] lists) {
        return Set.copyOf(new TreeSet<>(Arrays.stream(lists)
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList()));
    }

    /** Whether the request's user is authenticated and meets every criterion. Does not block. */
    public boolean isMetBy(HostRequest request) {
        return isMetBy(request.user(), request::isUserInRole);
    }

    /**
     * The same where there is no {@link HostRequest}.
     *
     * @param user empty for an anonymous request
     * @param isUserInRole asked about some of {@link #roles}
     */
    public boolean isMetBy(Optional<Principal> user, Predicate<String> isUserInRole) {
        return user.isPresent()
                && (users.isEmpty() || users.contains(fold(user.get().getName())))
                && (roles.isEmpty() || roles.stream().anyMatch(isUserInRole))
                && hasClaims(user.get());
    }

    private boolean hasClaims(Principal user) {
        return claims.entrySet().stream().allMatch(claim -> user instanceof ClaimsPrincipal known && has(known, claim));
    }

    private static boolean has(ClaimsPrincipal user, Map.Entry<String, Set<String>> wanted) {
        List<String> values = user.claims(wanted.getKey());
        return !values.isEmpty()
                && (wanted.getValue().isEmpty() || values.stream().anyMatch(wanted.getValue()::contains));
    }

    private static String fold(String name) {
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
